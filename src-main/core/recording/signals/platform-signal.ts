import { isRecord, type JsonRecord } from '../json';
import { fieldsOf, readFields, writeFields, type Field, type FieldKind, type FieldShape } from './field';

/**
 * A custom event of a known platform, as typed facts. The timeline reads nothing else of such an event, and redaction exports nothing else,
 * so that both see the same.
 */
export interface PlatformSignal {
  /** From a fixed list. */
  tag: string;
  fields: readonly Field[];
  /** The fields at their positions in the payload. */
  payload: JsonRecord;
  /** The relation of the event to what the user typed: an event of a key exists because of it. */
  typing: Typing;
}

/** `maybe`: a key was pressed, in a field or outside. */
type Typing = 'always' | 'maybe' | 'never';

interface Shape {
  fields: readonly FieldShape[];
  /** Default: `never`. */
  typing?: Typing;
}

/** The events of one tag. `by`: the key of the payload whose value, a constant of the platform, selects the shape. */
interface Tag {
  by?: string;
  shapes?: ReadonlyMap<string, Shape>;
  /** For all other values of the key. */
  other: Shape;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const address: FieldKind = { is: 'address' };
const message: FieldKind = { is: 'message' };
const method: FieldKind = { is: 'method' };
const status: FieldKind = { is: 'status' };
const number: FieldKind = { is: 'number' };
const count: FieldKind = { is: 'count' };
const duration: FieldKind = { is: 'duration' };
const size: FieldKind = { is: 'size' };
const memory: FieldKind = { is: 'memory' };
const time: FieldKind = { is: 'time' };
const flag: FieldKind = { is: 'flag' };
const oneOf = (known: string): FieldKind => ({ is: 'constant', known: words(known) });

/** Events that the platforms' recorders write for their own use. */
const silent = words(
  `options $session_options $posthog_config $remote_config_received $session_id_change $session_starting $session_ending $pageleave $fps
  samplingDecisionMade triggerGroupSamplingDecisionMade linkedFlagMatched recordingStarted sessionIdle sessionNoLongerIdle get-sr-props
  debug-info targeting-decision replay-gate-decision`,
);

const level = oneOf('critical debug error fatal info log warning');
const crumb = {
  timestamp: time,
  type: oneOf('debug default error http info navigation query system transaction ui user'),
  level,
};
/** The element of a click or a key, at its positions in old and new versions. */
const node: Record<string, FieldKind> = { 'data.nodeId data.node.id': { is: 'node' } };
const click: Shape = { fields: fieldsOf({ ...crumb, ...node, 'data.clickCount': count }) };
const bare: Shape = { fields: fieldsOf(crumb) };
const call: Shape = {
  fields: fieldsOf({ ...crumb, 'data.url': address, 'data.method': method, 'data.status_code': status }),
};

/** Sentry's breadcrumbs, by category. */
const breadcrumbs: Record<string, Shape> = {
  navigation: { fields: fieldsOf({ ...crumb, 'data.from': address, 'data.to': address }) },
  'ui.click': click,
  'ui.tap': click,
  'ui.multiClick': click,
  'ui.slowClickDetected': {
    fields: [
      ...click.fields,
      ...fieldsOf({ 'data.timeAfterClickMs': duration, 'data.endReason': oneOf('mutation timeout') }),
    ],
  },
  'ui.keyDown': {
    typing: 'maybe',
    fields: fieldsOf({
      ...crumb,
      ...node,
      'data.key': oneOf('c C x X'),
      'data.ctrlKey': flag,
      'data.metaKey': flag,
    }),
  },
  'ui.input': { ...bare, typing: 'always' },
  'ui.scroll': { fields: fieldsOf({ ...crumb, ...node }) },
  'ui.blur': bare,
  'ui.focus': bare,
  'app.background': bare,
  'app.foreground': bare,
  console: { fields: fieldsOf({ ...crumb, message }) },
  fetch: call,
  xhr: call,
  feedback: bare,
  'sentry.feedback': bare,
  'sentry.transaction': bare,
  'sentry.event': { fields: fieldsOf({ ...crumb, message }) },
  exception: { fields: fieldsOf({ ...crumb, message }) },
  issue: { fields: fieldsOf({ ...crumb, message }) },
  'replay.init': bare,
  'replay.throttled': bare,
  'replay.hydrate-error': { fields: fieldsOf({ ...crumb, 'data.url': address }) },
  'replay.mutations': { fields: fieldsOf({ ...crumb, 'data.count': count, 'data.limit': flag }) },
};

const span = { startTimestamp: time, endTimestamp: time };
const visit: Shape = { fields: fieldsOf({ ...span, description: address }) };
const resource: Shape = {
  fields: fieldsOf({
    ...span,
    description: address,
    'data.method': method,
    'data.statusCode': status,
    'data.size': size,
    'data.encodedBodySize': size,
    'data.decodedBodySize': size,
  }),
};
const vital: Shape = {
  fields: fieldsOf({
    ...span,
    description: {
      is: 'message',
      known: words(
        `CLS FCP FID INP LCP TTFB cumulative-layout-shift first-contentful-paint first-input-delay first-paint interaction-to-next-paint
        largest-contentful-paint time-to-first-byte`,
      ),
    },
    'data.value': number,
    'data.rating': oneOf('good needs-improvement poor'),
  }),
};
const task: Shape = { fields: fieldsOf(span) };

function each(names: string, shape: Shape): Record<string, Shape> {
  return Object.fromEntries([...words(names)].map((name) => [name, shape]));
}

/** Sentry's performance spans, by operation. */
const spans: Record<string, Shape> = {
  ...each('navigation.back_forward navigation.navigate navigation.prerender navigation.push navigation.reload', visit),
  ...each(
    `resource.audio resource.beacon resource.body resource.css resource.embed resource.fetch resource.frame resource.icon resource.iframe
    resource.image resource.img resource.input resource.link resource.object resource.other resource.script resource.track resource.use
    resource.video resource.xhr resource.xmlhttprequest`,
    resource,
  ),
  ...each('largest-contentful-paint paint web-vital', vital),
  ...each(
    'long-animation-frame long-task longanimation-frame longtask ui.long-animation-frame ui.long-task ui.longtask',
    task,
  ),
  memory: {
    fields: fieldsOf({
      ...span,
      description: oneOf('memory'),
      'data.memory.jsHeapSizeLimit': memory,
      'data.memory.totalJSHeapSize': memory,
      'data.memory.usedJSHeapSize': memory,
    }),
  },
};

const userKeys = ['email', 'username', 'name', 'distinct_id', 'distinctId', 'userId', 'user_id', 'id'];
const userParts = ['', 'traits.', '$set.', 'user.', 'properties.'];
const identity: Tag = {
  other: {
    fields: fieldsOf({
      [userKeys.flatMap((key) => userParts.map((part) => part + key)).join(' ')]: { is: 'user' },
    }),
  },
};

const page: Tag = { other: { fields: fieldsOf({ href: address }) } };
const nothing: Tag = { other: { fields: [] } };

const tags: ReadonlyMap<string, Tag> = new Map<string, Tag>([
  ...[...silent].map((tag): [string, Tag] => [tag, nothing]),
  [
    'breadcrumb',
    {
      by: 'category',
      shapes: new Map(Object.entries(breadcrumbs)),
      // An application's own breadcrumb: its category is a text like its message.
      other: { fields: fieldsOf({ ...crumb, category: message, message }) },
    },
  ],
  ['performanceSpan', { by: 'op', shapes: new Map(Object.entries(spans)), other: { fields: [] } }],
  ['$pageview', page],
  ['$url_changed', page],
  [
    '$exception',
    {
      other: {
        fields: fieldsOf({
          'properties.$exception_list.0.type $exception_list.0.type properties.$exception_type $exception_type':
            message,
          'properties.$exception_list.0.value $exception_list.0.value properties.$exception_message $exception_message':
            message,
        }),
      },
    },
  ],
  ...[...words('recording_paused recording_resumed window_hidden window_visible browser_offline browser_online')].map(
    (tag): [string, Tag] => [tag.replace('_', ' '), nothing],
  ),
  [
    'fetch-request',
    {
      other: {
        fields: fieldsOf({
          type: oneOf('fetch xhr'),
          method,
          url: address,
          status,
          duration,
          timestamp: time,
          startTime: time,
          endTime: time,
          'error.name': oneOf('AbortError Error NetworkError TimeoutError TypeError'),
        }),
      },
    },
  ],
]);

const copyTag = /^\$?(copy|cut)(_autocapture)?$|^clipboard([.:_-]?(copy|cut))?$/;
const identifyTag = /^\$?identify$|^set_?user$/;

/** Returns true for the tags under which applications and platforms report that the user copied something. */
export function isCopyTag(tag: string): boolean {
  return copyTag.test(tag.toLowerCase());
}

/** Returns true for the tags under which applications and platforms report who the user is. */
export function isIdentifyTag(tag: string): boolean {
  return identifyTag.test(tag.toLowerCase());
}

/** Returns true for the events that a recorder writes for its own use. */
export function isSilentTag(tag: string): boolean {
  return silent.has(tag);
}

/** Reads a custom event of a known platform. Returns undefined for all others. Never throws on its shape. */
export function readSignal(tag: string, payload: unknown): PlatformSignal | undefined {
  const known = findTag(tag);
  if (!known) return undefined;
  const { by, shapes, other } = known.tag;
  const selector = by !== undefined && isRecord(payload) ? payload[by] : undefined;
  const selected = typeof selector === 'string' ? shapes?.get(selector) : undefined;
  const shape = selected ?? other;
  const fields = readFields(payload, shape.fields);
  if (by !== undefined && selected && typeof selector === 'string')
    fields.unshift({ path: [by], kind: { is: 'constant', known: new Set([selector]) }, value: selector });
  return { tag: known.name, fields, payload: writeFields(fields), typing: shape.typing ?? 'never' };
}

/** Returns the events of a tag and the tag's name, in lower case where platforms and applications write it in several ways. */
function findTag(tag: string): { name: string; tag: Tag } | undefined {
  const exact = tags.get(tag);
  if (exact) return { name: tag, tag: exact };
  if (isCopyTag(tag)) return { name: tag.toLowerCase(), tag: nothing };
  return isIdentifyTag(tag) ? { name: tag.toLowerCase(), tag: identity } : undefined;
}
