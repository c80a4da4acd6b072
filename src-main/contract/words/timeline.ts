import type { Severity, TimelineKind } from '../timeline';
import { formatDuration, plural } from './format';

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
} as const;
export type Control = keyof typeof controlWords;

const withArticle = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
const named = (control: Control, name: string): string =>
  name ? `${controlWords[control]} “${name}”` : withArticle(controlWords[control]);

/** The sentences of a timeline. Names come from the recording and are already one line of plain text. */
export const timelineWords = {
  opened: (page: string, title = '') => `Opened ${page}${title && ` (“${title}”)`}`,
  reloaded: (page: string, title = '') => `Reloaded ${page}${title && ` (“${title}”)`}`,
  /** `card` is the heading of the one among several like parts of the page in which the control is. */
  clicked: (control: Control, name: string, card = '') => `Clicked ${named(control, name)}${card && ` in “${card}”`}`,
  clickedText: (text: string) => `Clicked on “${text}”`,
  clickedArea: (tag: string) => (tag ? `Clicked on the page (${tag})` : 'Clicked on the page'),
  clickedTimes: (click: string, count: number) => `${click} ${plural(count, 'time', 'times')}`,
  rageClicked: (click: string, count: number, durationMs: number) =>
    `${click} ${count} times in ${formatDuration(durationMs)}`,
  deadClicked: (click: string) => `${click}, but nothing happened`,
  changed: (control: Control, name: string) => `Changed ${named(control, name)}`,
  answered: (request: string, status: number, durationMs: number | undefined) =>
    `${request} returned ${status}${durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`}`,
  unanswered: (request: string, durationMs: number | undefined) =>
    `${request} failed with no response${durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`}`,
  slow: (request: string, durationMs: number) => `${request} took ${formatDuration(durationMs)}`,
  error: (message: string) => message || 'Uncaught error without a message',
  consoleError: (message: string) => message || 'Error without a message',
  consoleWarning: (message: string) => message || 'Warning without a message',
  resized: (width: number, height: number) => `Viewport resized to ${width} × ${height}`,
  selected: (text: string) => (text ? `Selected “${text}”` : 'Selected text'),
  copied: 'Copied from the page',
  scrolled: (screens: number, isPage: boolean) =>
    `Scrolled down ${plural(screens, 'screen', 'screens')}${isPage ? '' : ' in a section of the page'}`,
  switchedTab: (number: string) => (number ? `Switched to tab ${number}` : 'Switched to another tab'),
  leftTab: 'Left the tab',
  returnedToTab: 'Returned to the tab',
  wentOffline: 'Went offline',
  cameOnline: 'Back online',
  vital: (metric: string, value: string) => `Slow page: ${metric} was ${value}`,
  blocked: (durationMs: number) => `Page blocked for ${formatDuration(durationMs)}`,
  memory: (percent: number) => `Page used ${percent} % of its memory limit`,
  breadcrumb: (category: string, message: string) => [category, message].filter(Boolean).join(': '),
  feedback: 'Sent feedback',
  hydrationError: 'Hydration mismatch: page rendered differently from the server’s HTML',
  identified: (user: string) => (user ? `Identified as “${user}”` : 'Identified the user'),
  custom: (tag: string) => `Event “${tag}”`,
  gap: (durationMs: number) => `Nothing recorded for ${formatDuration(durationMs)}`,
  lost: (count: number, reason: string) =>
    `${plural(count, 'part', 'parts')} of the recording ${count === 1 ? 'is' : 'are'} missing${reason && `: ${reason}`}`,
  misfit: (count: number) => `${plural(count, 'change', 'changes')} could not be applied`,
  throttled: 'Recording throttled: the page changed too quickly',
  marker: (text: string) => `Marker “${text}”`,
  idle: (durationMs: number) => `Idle for ${formatDuration(durationMs)}`,
} as const;

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
  session: (number: number, tab: string) => `session ${number}${tab && `, tab ${tab}`}`,
  order: ({ count, withoutClock }: { count: number; withoutClock: number }) =>
    withoutClock === count
      ? `${count}, one after another (no clock times recorded)`
      : `${count}, in chronological order${withoutClock === 0 ? '' : `; ${withoutClock} without clock times at the end`}`,
} as const;

/** Words around the entries in an exported timeline. */
export const timelineDocumentWords = {
  time: 'Time',
  clock: 'Clock (UTC)',
  tab: 'Tab',
  kind: 'Type',
  severity: 'Severity',
  event: 'Event',
  started: 'Started',
  sessions: 'Sessions',
  duration: 'Duration',
  entries: 'Entries',
  entriesOf: (shown: number, omitted: number) => `${shown}; ${omitted} more in the complete export`,
  policy: 'Redaction policy',
  generated: 'Generated',
  software: 'Software',
  noClock: 'not in this export',
  notRedacted: 'not redacted',
  redacted: 'Redacted',
  masked: (count: number) => `${plural(count, 'value', 'values')} masked`,
  dropped: (count: number) => `${plural(count, 'part', 'parts')} removed`,
  caption: 'Events of the session in chronological order',
  overview: 'Activity over time',
  summary: 'Summary',
  count: (count: number, severity: Severity) =>
    ({
      error: plural(count, 'error', 'errors'),
      warning: plural(count, 'warning', 'warnings'),
      info: plural(count, 'other entry', 'other entries'),
    })[severity],
  empty: 'No timeline events were recorded.',
} as const;
