import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import type { TimelineQuotes } from '../../../contract/timeline';
import { quotesOf, type Draft } from '../../timeline/draft';
import { toPlainLine } from '../../text/plain-line';
import { formatPage, formatRoute } from '../../timeline/signals/address';
import { describeRequest } from '../../timeline/signals/network';
import { readMoment } from '../read-moment';
import type { TimelineOnlyEvent } from '../source';
import { toTimelineEvent } from '../timeline-lines';

const nameLimit = 80;
const messageLimit = 300;

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
    const draft = describe(name, propertiesOf(event), at);
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

function describe(name: string, properties: JsonRecord, at: number): Draft | undefined {
  const draftOf = (
    kind: Draft['kind'],
    verb: Draft['verb'],
    quotes: TimelineQuotes = {},
    severity: Draft['severity'] = 'info',
  ): Draft => ({ at, kind, severity, verb, quotes: quotesOf(quotes) });
  const first = (...keys: string[]): string => {
    const key = keys.find((candidate) => typeof properties[candidate] === 'string');
    return key === undefined ? '' : (properties[key] as string);
  };
  const label = textOf(first('label', '$label'), nameLimit);
  switch (name.replace(/^\$/, '').toLowerCase()) {
    case 'pageview':
    case 'location': {
      return draftOf('navigation', 'opened', { page: pageOf(first('url', '$current_url', 'path', 'url_path')) });
    }
    case 'click':
    case 'tap':
      return draftOf('click', 'clicked', { name: label });
    // A field's label is its name. Its value is never shown.
    case 'input':
      return { ...draftOf('input', 'changed', { name: label }), facts: { control: 'field' } };
    case 'error':
      return draftOf('error', 'threw', { message: textOf(first('message', 'name'), messageLimit) }, 'error');
    case 'request':
    case 'fetch':
      return describeCall(properties, first('url', 'path', 'url_path'), at);
    case 'user_id':
    case 'identify':
      return draftOf('identify', 'identified');
    default:
      return draftOf('custom', 'sent-event', { label: textOf(name, nameLimit) });
  }
}

function pageOf(address: string): string {
  return address.startsWith('/') ? withoutQuery(address) : formatPage(address);
}

/** Returns a path without its query. */
const withoutQuery = (path: string): string => toPlainLine(path.split(/[?#]/, 1)[0] ?? '', 160);

function describeCall(properties: JsonRecord, address: string, at: number): Draft | undefined {
  const { status, method, duration } = properties;
  if (address === '') return undefined;
  return describeRequest(
    {
      method: typeof method === 'string' ? method : 'GET',
      address: address.startsWith('/') ? formatRoute(address) : address,
      status: isFiniteNumber(status) && status > 0 ? status : undefined,
      isUnanswered: status === 0,
      durationMs: isFiniteNumber(duration) && duration >= 0 ? duration : undefined,
      isCall: true,
      isPage: false,
    },
    { at, page: '', slowRequestMs: Infinity },
  );
}
