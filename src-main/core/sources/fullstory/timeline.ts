import { sourceWords } from '../../../contract/words/sources';
import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import type { TimelineQuotes } from '../../../contract/timeline';
import { quotesOf, type Draft } from '../../timeline/draft';
import { toPlainLine } from '../../text/plain-line';
import { isVisited, formatPage } from '../../timeline/signals/address';
import { describeRequest } from '../../timeline/signals/network';
import { readMoment } from '../read-moment';
import type { TimelineOnlyEvent } from '../source';
import { toTimelineEvent } from '../timeline-lines';

const nameLimit = 80;
const messageLimit = 300;

/** Returns a session's events as timeline entries, ordered by time. `unread` counts events without a time or a type. */
export function readFullStoryEvents(events: readonly unknown[]): { events: TimelineOnlyEvent[]; unread: number } {
  const read: TimelineOnlyEvent[] = [];
  let unread = 0;
  for (const event of events) {
    const at = isRecord(event) ? readMoment(event.event_time) : undefined;
    if (!isRecord(event) || at === undefined || typeof event.event_type !== 'string') {
      unread++;
      continue;
    }
    const draft = describe(event.event_type, recordOf(event.event_properties), at, pageOf(event));
    if (draft) read.push(toTimelineEvent(draft, idOf(event.view_id)));
  }
  return { events: read.sort((one, other) => one.at - other.at), unread };
}

const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
const textOf = (value: unknown, limit: number): string => (typeof value === 'string' ? toPlainLine(value, limit) : '');
/** Views have platform-wide 64-bit ids, kept as text. */
const idOf = (value: unknown): string => textOf(typeof value === 'number' ? String(value) : value, 64) || '1';

function pageOf(event: JsonRecord): string {
  const { full_url } = recordOf(recordOf(event.source_properties).url);
  return typeof full_url === 'string' && isVisited(full_url) ? full_url : '';
}

function describe(type: string, properties: JsonRecord, at: number, page: string): Draft | undefined {
  const shown = page === '' ? '' : formatPage(page);
  const info: MakeDraft = (kind, verb, quotes = {}, severity = 'info') => ({
    at,
    kind,
    severity,
    verb,
    quotes: quotesOf({ page: shown, ...quotes }),
  });
  switch (type) {
    case 'navigate': {
      const isReload = properties.navigate_reason === 'reload';
      return info('navigation', isReload ? 'reloaded' : 'opened');
    }
    case 'click':
      return describeClick(properties, info);
    // The event's text may contain what was typed or pasted, so the entry reports only that it happened.
    case 'change':
      return { ...info('input', 'changed'), facts: { control: 'field' } };
    case 'copy':
      return info('copy', 'copied');
    case 'highlight':
      return info('selection', 'selected');
    case 'exception':
      return info('error', 'threw', { message: textOf(properties.message, messageLimit) }, 'error');
    case 'crash':
      return info('error', 'threw', {}, 'error');
    case 'console_message':
      return describeConsole(properties, info);
    case 'request':
      return describeCall(properties, at, page);
    case 'identify':
      return info('identify', 'identified', { user: textOf(properties.user_display_name, nameLimit) });
    case 'custom':
      return info('custom', 'sent-event', { label: textOf(properties.event_name, nameLimit) });
    // Caused by the page, or irrelevant to what the user did.
    case 'page_properties':
    case 'element_seen':
    case 'load':
    case 'first_input_delay':
    case 'cumulative_layout_shift':
      return undefined;
    default: {
      const words: Readonly<Record<string, string>> = sourceWords.fullstory.events;
      const known = Object.hasOwn(words, type) ? words[type] : undefined;
      // For a type that FullStory added later, the entry shows its name.
      return known === undefined
        ? info('custom', 'sent-event', { label: textOf(type, nameLimit) })
        : info('breadcrumb', 'left-breadcrumb', { message: known });
    }
  }
}

type MakeDraft = (
  kind: Draft['kind'],
  verb: Draft['verb'],
  quotes?: TimelineQuotes,
  severity?: Draft['severity'],
) => Draft;

function describeClick(properties: JsonRecord, draftOf: MakeDraft): Draft {
  const target = recordOf(properties.target);
  const name = target.masked === true ? '' : textOf(target.text, nameLimit);
  const rages = properties.fs_rage_count;
  if (isFiniteNumber(rages) && rages > 0) {
    return { ...draftOf('rage-click', 'clicked', { name }, 'warning'), facts: { count: rages } };
  }
  const deads = properties.fs_dead_count;
  if (isFiniteNumber(deads) && deads > 0) return draftOf('dead-click', 'clicked', { name }, 'warning');
  return draftOf('click', 'clicked', { name });
}

function describeConsole(properties: JsonRecord, draftOf: MakeDraft): Draft {
  const message = textOf(properties.message, messageLimit);
  const isWarning = /^warn/i.test(textOf(properties.level, 20));
  if (isWarning) return draftOf('console-warning', 'logged', { message }, 'warning');
  return draftOf('console-error', 'logged', { message }, 'error');
}

/** FullStory reports failed requests only. */
function describeCall(properties: JsonRecord, at: number, page: string): Draft | undefined {
  const { request_method, request_status } = properties;
  const address = recordOf(properties.request_url).full_url ?? properties.request_url;
  if (typeof address !== 'string') return undefined;
  const status = isFiniteNumber(request_status) && request_status > 0 ? request_status : undefined;
  return describeRequest(
    {
      method: typeof request_method === 'string' ? request_method : 'GET',
      address,
      status,
      isUnanswered: status === undefined,
      durationMs: undefined,
      isCall: true,
      isPage: false,
    },
    { at, page, slowRequestMs: Infinity },
  );
}
