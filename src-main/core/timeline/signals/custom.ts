import { timelineWords } from '../../../contract/words/timeline';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { toPlainLine } from '../../text/plain-line';
import { quote } from '../quote';
import { describeError } from './console';
import type { RequestContext } from './network';
import { readBreadcrumb } from './sentry-breadcrumb';
import { readSpan } from './sentry-span';
import { nothing, tell, type Signal } from './signal';

const nameLimit = 80;

/** What the recorders of platforms write for themselves. */
const silentTags: ReadonlySet<string> = new Set([
  'options',
  '$session_options',
  '$posthog_config',
  '$remote_config_received',
  '$session_id_change',
  '$pageleave',
  '$fps',
  'samplingDecisionMade',
  'linkedFlagMatched',
  'recordingStarted',
  'sessionIdle',
  'sessionNoLongerIdle',
]);

const copyTag = /^\$?(copy|cut)(_autocapture)?$|^clipboard([.:_-]?(copy|cut))?$/i;
const identifyTag = /^\$?identify$|^set_?user$/i;

/**
 * Reads Sentry's and PostHog's custom events, and by their tags those of anybody else: of an unknown one no more than the tag is told,
 * since its payload may hold anything.
 */
export function readCustom(tag: string, payload: unknown, context: RequestContext): Signal {
  const body = isRecord(payload) ? payload : {};
  const { at } = context;
  if (silentTags.has(tag)) return nothing;
  switch (tag) {
    case 'breadcrumb':
      return readBreadcrumb(body, context);
    case 'performanceSpan':
      return readSpan(body, context);
    case '$pageview':
    case '$url_changed':
      return typeof body.href === 'string' ? { kind: 'address', href: body.href } : nothing;
    case '$exception':
      return { kind: 'draft', draft: describeError(readException(body), at) };
    case 'recording paused':
      return { kind: 'paused' };
    case 'recording resumed':
      return { kind: 'resumed' };
    case 'window hidden':
      return { kind: 'left' };
    case 'window visible':
      return { kind: 'came-back' };
    case 'browser offline':
      return tell(at, 'network-error', 'warning', timelineWords.wentOffline);
    case 'browser online':
      return tell(at, 'breadcrumb', 'info', timelineWords.cameOnline);
    default:
      break;
  }
  if (copyTag.test(tag)) return tell(at, 'copy', 'info', timelineWords.copied);
  if (identifyTag.test(tag)) return tell(at, 'identify', 'info', timelineWords.identified(quote(readUser(body))));
  return tell(at, 'custom', 'info', timelineWords.custom(quote(toPlainLine(tag, nameLimit))));
}

/** PostHog's exception: `$exception_list: [{type, value}]`, or the older flat fields. */
function readException(body: JsonRecord): string {
  const properties = isRecord(body.properties) ? body.properties : body;
  const [first] = listOf(properties.$exception_list);
  const type = isRecord(first) ? first.type : properties.$exception_type;
  const value = isRecord(first) ? first.value : properties.$exception_message;
  return [type, value].filter((part) => typeof part === 'string' && part !== '').join(': ');
}

/** The first thing that names the user, where platforms and applications put it. */
function readUser(body: JsonRecord): string {
  const sets = [body, body.traits, body.$set, body.user, body.properties].filter(isRecord);
  for (const key of ['email', 'username', 'name', 'distinct_id', 'distinctId', 'userId', 'user_id', 'id']) {
    for (const set of sets) {
      const value = set[key];
      if (typeof value === 'string' || typeof value === 'number') return toPlainLine(String(value), nameLimit);
    }
  }
  return '';
}
