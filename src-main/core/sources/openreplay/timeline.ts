import { defaultThresholds } from '../../../contract/settings';
import { sourceWords } from '../../../contract/words/sources';
import type { TimelineQuotes } from '../../../contract/timeline';
import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import { quotesOf, type Draft } from '../../timeline/draft';
import { toPlainLine } from '../../text/plain-line';
import { formatPage, formatRoute, isVisited } from '../../timeline/signals/address';
import { describeRequest } from '../../timeline/signals/network';
import { readMoment } from '../read-moment';
import type { TimelineOnlyEvent } from '../source';
import { toTimelineEvent } from '../timeline-lines';

const nameLimit = 80;
const messageLimit = 300;
/** OpenReplay rounds the duration of a request to seconds, so a request is certainly slow only from here on. */
const slowRequestMs = defaultThresholds.slowRequestMs + 500;

/** Returns a page of events as timeline entries, ordered by time. `unread` counts events without a time or a name. */
export function readOpenReplayEvents(events: readonly unknown[]): { events: TimelineOnlyEvent[]; unread: number } {
  const read: TimelineOnlyEvent[] = [];
  let unread = 0;
  for (const event of events) {
    const at = isRecord(event) ? readMoment(event.created_at) : undefined;
    const name = isRecord(event) ? event.$event_name : undefined;
    if (!isRecord(event) || at === undefined || typeof name !== 'string' || name === '') {
      unread++;
      continue;
    }
    const draft = describe(name, event, at);
    // OpenReplay does not distinguish tabs.
    if (draft) read.push(toTimelineEvent(draft, '1'));
  }
  return { events: read.sort((one, other) => one.at - other.at), unread };
}

/** Captured properties are under `$properties`, the company's own under `properties`; either may be missing. */
function propertiesOf(event: JsonRecord): JsonRecord {
  const own = isRecord(event.properties) ? event.properties : {};
  const captured = isRecord(event.$properties) ? event.$properties : {};
  return { ...own, ...captured };
}

const textOf = (value: unknown, limit: number): string => (typeof value === 'string' ? toPlainLine(value, limit) : '');

type MakeDraft = (
  kind: Draft['kind'],
  verb: Draft['verb'],
  quotes?: TimelineQuotes,
  severity?: Draft['severity'],
) => Draft;

/** An event with its properties, and a function that makes drafts of it. */
interface ReadEvent {
  at: number;
  properties: JsonRecord;
  draftOf: MakeDraft;
  /** Returns the first property that is a text that isn't empty. */
  first: (...keys: string[]) => string;
  /** The address that the event's own column has: of its page, or of a request. */
  address: string;
}

/** Names and properties of events: openreplay/openreplay dbb68105, backend/pkg/db/clickhouse/connector.go. */
function describe(name: string, event: JsonRecord, at: number): Draft | undefined {
  const properties = propertiesOf(event);
  const address = typeof event.$current_url === 'string' ? event.$current_url : '';
  const read: ReadEvent = {
    at,
    properties,
    address,
    first(...keys) {
      const key = keys.find((candidate) => typeof properties[candidate] === 'string' && properties[candidate] !== '');
      return key === undefined ? '' : (properties[key] as string);
    },
    draftOf: (kind, verb, quotes = {}, severity = 'info') => ({ at, kind, severity, verb, quotes: quotesOf(quotes) }),
  };
  // The company's own events may have any name, also that of a captured one.
  const isOwn = event.$auto_captured === false;
  const draft = isOwn ? undefined : describeCaptured(name.replace(/^\$/, '').toLowerCase(), read, event);
  if (draft !== undefined) return draft === 'nothing' ? undefined : draft;
  const shown = isVisited(address) ? pageOf(address) : '';
  return read.draftOf('custom', 'sent-event', { label: textOf(name, nameLimit), page: shown });
}

function describeCaptured(name: string, read: ReadEvent, event: JsonRecord): Draft | 'nothing' | undefined {
  const { properties, draftOf, first, address, at } = read;
  const page = isVisited(address) ? pageOf(address) : '';
  const label = textOf(first('label', '$label'), nameLimit);
  switch (name) {
    case 'pageview':
    case 'location': {
      const url = first('url', '$current_url') || address || first('path', 'url_path', '$current_path');
      return draftOf('navigation', 'opened', { page: pageOf(url), title: textOf(first('page_title'), nameLimit) });
    }
    case 'click':
    case 'tap':
      return draftOf('click', 'clicked', { name: label, page });
    // A field's label is its name. Its value is never shown.
    case 'input':
      return { ...draftOf('input', 'changed', { name: label, page }), facts: { control: 'field' } };
    case 'error':
    case 'crash': {
      const message = textOf(first('message', 'reason', 'name'), messageLimit);
      return draftOf('error', 'threw', { message, page }, 'error');
    }
    case 'request':
    case 'fetch': {
      const url = first('url') || address || first('path', 'url_path');
      // Without an address nothing shows that the request was ordinary, so it is an event like those of the company.
      return url === '' ? undefined : (describeCall(properties, event.$duration_s, url, at) ?? 'nothing');
    }
    case 'graphql':
      return draftOf('breadcrumb', 'left-breadcrumb', {
        label: 'GraphQL',
        message: textOf(first('name'), nameLimit),
        page,
      });
    case 'issue':
      return describeIssue(first('issue_type') || textOf(event.issue_type, nameLimit), read, page);
    case 'user_id':
    case 'identify':
      return draftOf('identify', 'identified');
    // The name that a mobile app gives its own event.
    case 'custom':
      return draftOf('custom', 'sent-event', { label: textOf(first('name'), nameLimit), page });
    // Measurements of the page at regular intervals.
    case 'performance':
      return 'nothing';
    default:
      return undefined;
  }
}

/** Returns an entry for what OpenReplay found in the events; nothing for a finding about an event that has an entry itself. */
function describeIssue(type: string, { draftOf, first, properties }: ReadEvent, page: string): Draft | 'nothing' {
  const name = textOf(first('context_string', 'label'), nameLimit);
  switch (type) {
    case 'click_rage':
    case 'tap_rage':
      return {
        ...draftOf('rage-click', 'clicked', { name, page }, 'warning'),
        facts: { count: countOf(properties.payload) },
      };
    case 'dead_click':
      return draftOf('dead-click', 'clicked', { name, page }, 'warning');
    case 'js_exception':
    case 'bad_request':
    case 'missing_resource':
    case 'slow_resource':
    case 'crash':
      return 'nothing';
    default: {
      const words: Readonly<Record<string, string>> = sourceWords.openreplay.issues;
      const known = Object.hasOwn(words, type) ? words[type] : undefined;
      return known === undefined
        ? draftOf('custom', 'sent-event', { label: textOf(type || 'ISSUE', nameLimit), page })
        : draftOf('breadcrumb', 'left-breadcrumb', { message: known, page });
    }
  }
}

/** OpenReplay reports several clicks from three on; the payload is JSON with their number. */
function countOf(payload: unknown): number {
  const count = /"Count":\s*(\d{1,6})\b/.exec(typeof payload === 'string' ? payload : '')?.[1];
  return Math.max(3, Number(count ?? 3));
}

function pageOf(address: string): string {
  return address.startsWith('/') ? withoutQuery(address) : formatPage(address);
}

/** Returns a path without its query. */
const withoutQuery = (path: string): string => toPlainLine(path.split(/[?#]/, 1)[0] ?? '', 160);

function describeCall(properties: JsonRecord, seconds: unknown, address: string, at: number): Draft | undefined {
  const { status, method, duration } = properties;
  // Web requests have whole seconds in a column of their own, those of mobile apps have milliseconds among the properties.
  const ms = isFiniteNumber(seconds) && seconds > 0 ? seconds * 1000 : duration;
  const code = typeof status === 'string' && /^\d{1,3}$/.test(status) ? Number(status) : status;
  return describeRequest(
    {
      method: typeof method === 'string' ? method : 'GET',
      address: address.startsWith('/') ? formatRoute(address) : address,
      status: isFiniteNumber(code) && code > 0 && code < 1000 ? code : undefined,
      // OpenReplay leaves out a status of 0, which responses of other origins have as well as failed requests.
      isUnanswered: code === 0,
      durationMs: isFiniteNumber(ms) && ms >= 0 ? ms : undefined,
      isCall: true,
      isPage: false,
    },
    { at, page: '', slowRequestMs },
  );
}
