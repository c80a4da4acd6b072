import type { Control, Severity, TimelineEntry, TimelineKind, TimelineVerb } from '../timeline';
import { formatDuration, plural } from './format';
import { noteWords } from './notes';

/** Names of the controls that a user clicks or changes. */
const controlWords = {
  button: 'button',
  link: 'link',
  field: 'field',
  checkbox: 'checkbox',
  radio: 'radio button',
  switch: 'switch',
  list: 'list',
  option: 'option',
  tab: 'tab',
  'menu-item': 'menu item',
  slider: 'slider',
  file: 'file field',
  column: 'column header',
  image: 'image',
  other: 'control',
} as const satisfies Record<Control, string>;

const withArticle = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
const named = (control: Control, name: string): string =>
  name ? `${controlWords[control]} “${name}”` : withArticle(controlWords[control]);

/** The parts of an entry from which its sentence is made. */
export type Stated = Pick<TimelineEntry, 'kind' | 'verb' | 'facts' | 'quotes' | 'durationMs'>;

/** `quote` marks a text of the recording; '' if the entry doesn't quote it. */
type Quote = (name: keyof NonNullable<Stated['quotes']>) => string;

/** The sentences of a timeline, by verb. */
const sentences: Readonly<Record<TimelineVerb, (entry: Stated, quote: Quote) => string>> = {
  opened: (_entry, quote) => `Opened ${quote('page') || 'a page'}${inBrackets(quote('title'))}`,
  reloaded: (_entry, quote) => `Reloaded ${quote('page') || 'a page'}${inBrackets(quote('title'))}`,
  clicked: (entry, quote) => `${clicked(entry, quote)}${clickResult(entry)}`,
  changed: ({ facts }, quote) => `Changed ${named(facts?.control ?? 'field', quote('name'))}`,
  selected: (_entry, quote) => (quote('text') ? `Selected “${quote('text')}”` : 'Selected text'),
  copied: () => 'Copied from the page',
  scrolled: ({ facts }) =>
    `Scrolled down ${plural(facts?.screens ?? 1, 'screen', 'screens')}${facts?.isSection ? ' in a section of the page' : ''}`,
  resized: ({ facts }) => `Viewport resized to ${facts?.width ?? 0} × ${facts?.height ?? 0}`,
  'switched-tab': ({ facts }) =>
    facts?.tab === undefined ? 'Switched to another tab' : `Switched to tab ${facts.tab}`,
  'left-tab': () => 'Left the tab',
  'returned-to-tab': () => 'Returned to the tab',
  threw: (_entry, quote) => quote('message') || 'Uncaught error without a message',
  logged: ({ kind }, quote) =>
    quote('message') || (kind === 'console-warning' ? 'Warning without a message' : 'Error without a message'),
  requested: (entry, quote) => `${entry.facts?.method ?? 'GET'} ${quote('route') || 'request'}${requestResult(entry)}`,
  'went-offline': () => 'Went offline',
  'came-online': () => 'Back online',
  measured: ({ facts }, quote) => `Slow page: ${quote('label')} was ${formatMeasured(facts)}`,
  blocked: ({ durationMs }) => `Page blocked for ${formatDuration(durationMs ?? 0)}`,
  'used-memory': ({ facts }) => `Page used ${facts?.percent ?? 0} % of its memory limit`,
  'failed-hydration': () => 'Hydration mismatch: page rendered differently from the server’s HTML',
  'left-breadcrumb': (_entry, quote) => [quote('label'), quote('message')].filter(Boolean).join(': '),
  'sent-feedback': () => 'Sent feedback',
  identified: (_entry, quote) => (quote('user') ? `Identified as “${quote('user')}”` : 'Identified the user'),
  'sent-event': (_entry, quote) => (quote('label') ? `Event “${quote('label')}”` : 'Event'),
  marked: (_entry, quote) => `Marker “${quote('text')}”`,
  'recorded-nothing': ({ durationMs }) => `Nothing recorded for ${formatDuration(durationMs ?? 0)}`,
  lost: ({ facts }, quote) => {
    const count = facts?.count ?? 1;
    const reason = quote('reason');
    return `${plural(count, 'part', 'parts')} of the recording ${count === 1 ? 'is' : 'are'} missing${reason && `: ${reason}`}`;
  },
  misfit: ({ facts }) => `${plural(facts?.count ?? 1, 'change', 'changes')} could not be applied`,
  throttled: () => 'Recording throttled: the page changed too quickly',
  idled: ({ durationMs }) => `Idle for ${formatDuration(durationMs ?? 0)}`,
  noted: (_entry, quote) => quote('text') || noteWords.bookmark,
  stated: (_entry, quote) => quote('text'),
};

const inBrackets = (title: string): string => title && ` (“${title}”)`;

function clicked({ facts }: Stated, quote: Quote): string {
  const [name, card, tag] = [quote('name'), quote('card'), quote('tag')];
  if (facts?.control) return `Clicked ${named(facts.control, name)}${card && ` in “${card}”`}`;
  if (name) return `Clicked on “${name}”`;
  return tag ? `Clicked on the page (${tag})` : 'Clicked on the page';
}

function clickResult({ kind, facts, durationMs }: Stated): string {
  if (kind === 'dead-click') return ', but nothing happened';
  if (kind !== 'rage-click') return '';
  const count = facts?.count ?? 1;
  return durationMs === undefined
    ? ` ${plural(count, 'time', 'times')}`
    : ` ${plural(count, 'time', 'times')} in ${formatDuration(durationMs)}`;
}

function requestResult({ kind, facts, durationMs }: Stated): string {
  if (kind === 'network-slow') return ` took ${formatDuration(durationMs ?? 0)}`;
  const after = durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`;
  if (facts?.status !== undefined) return ` returned ${facts.status}${after}`;
  return ` failed with no response${after}`;
}

function formatMeasured(facts: Stated['facts']): string {
  const { value = 0, unit = '' } = facts ?? {};
  return unit === 's' ? `${value.toFixed(1)} s` : value.toFixed(2);
}

/** Returns the sentence of an entry. */
export function entryText(entry: Stated): string {
  return sentences[entry.verb](entry, (name) => entry.quotes?.[name] ?? '');
}

/** While a sentence is made, quotes are enclosed in two private-use characters, which no plain line contains. */
const [open, close] = ['\ue000', '\ue001'];

/** Returns the sentence of an entry and the ranges that quote the recording: sorted, [start, end) in UTF-16 units. */
export function entrySentence(entry: Stated): { text: string; quoted: [number, number][] } {
  const marked = sentences[entry.verb](entry, (name) => {
    const text = entry.quotes?.[name] ?? '';
    return text && open + text + close;
  });
  const quoted: [number, number][] = [];
  let text = '';
  for (const part of marked.split(open)) {
    const end = part.indexOf(close);
    if (end !== -1) quoted.push([text.length, text.length + end]);
    text += end === -1 ? part : part.slice(0, end) + part.slice(end + 1);
  }
  return { text, quoted };
}

export const kindWords: Readonly<Record<TimelineKind, string>> = {
  navigation: 'Page',
  click: 'Click',
  'dead-click': 'Dead click',
  'rage-click': 'Rage clicks',
  input: 'Input',
  selection: 'Selection',
  copy: 'Copy',
  scroll: 'Scroll',
  viewport: 'Viewport',
  tab: 'Tab',
  error: 'Uncaught error',
  'console-error': 'Console error',
  'console-warning': 'Console warning',
  'network-error': 'Failed request',
  'network-slow': 'Slow request',
  performance: 'Performance',
  breadcrumb: 'Breadcrumb',
  identify: 'User',
  custom: 'Event',
  gap: 'Gap',
  lost: 'Lost data',
  idle: 'Idle',
  note: 'Note',
};

export const severityWords: Readonly<Record<Severity, string>> = { info: 'Info', warning: 'Warning', error: 'Error' };

/** Names of exported sessions, which never contain a user or a file name. */
export const exportedSessionWords = {
  single: 'Recorded session',
  numbered: (number: number) => `Recorded session ${number}`,
} as const;

/** For a timeline of several sessions. */
export const joinedWords = {
  session: (number: number) => `session ${number}`,
  start: (number: number, start: string | undefined) => `${number}: ${start ?? 'unknown'}`,
  order: ({ count, withoutClock }: { count: number; withoutClock: number }) =>
    withoutClock === count
      ? `${count}, one after another (no clock times recorded)`
      : `${count}, in chronological order${withoutClock === 0 ? '' : `; ${withoutClock} without clock times at the end`}`,
} as const;

/** Words around the entries in an exported timeline. */
export const timelineDocumentWords = {
  time: 'Time',
  clock: 'Clock (UTC)',
  session: 'Session',
  tab: 'Tab',
  kind: 'Type',
  severity: 'Severity',
  event: 'Event',
  started: 'Started',
  sessions: 'Sessions',
  sessionStarts: 'Session starts (after the first one)',
  duration: 'Duration',
  entries: 'Entries',
  entriesOf: (shown: number, omitted: number) => `${shown}; ${omitted} more in the complete export`,
  policy: 'Redaction policy',
  generated: 'Generated',
  software: 'Software',
  noClock: 'not in this export',
  notRedacted: 'not redacted',
  redacted: 'Redacted',
  leftOut: 'Left out',
  leftOutFacts: 'in private fields: repeated clicks and changes, selections, scrolling, copying, and idle times',
  masked: (count: number) => `${plural(count, 'value', 'values')} masked`,
  dropped: (count: number) => `${plural(count, 'part', 'parts')} removed`,
  caption: 'Events of the session in chronological order',
  captionOfSeveral: 'Events of all sessions in chronological order',
  overview: 'Activity over time',
  overviewPlaced: 'Sessions without clock times are not shown.',
  summary: 'Summary',
  count: (count: number, severity: Severity) =>
    ({
      error: plural(count, 'error', 'errors'),
      warning: plural(count, 'warning', 'warnings'),
      info: plural(count, 'other entry', 'other entries'),
    })[severity],
  empty: 'No timeline events were recorded.',
} as const;
