import type { Severity, TimelineKind } from '../timeline';
import { formatDuration, plural } from './format';

/** What a control is called when it is clicked or changed. */
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
  deadClicked: (click: string) => `${click}, and nothing happened`,
  changed: (control: Control, name: string) => `Changed ${named(control, name)}`,
  answered: (request: string, status: number, durationMs: number | undefined) =>
    `${request} answered ${status}${durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`}`,
  unanswered: (request: string, durationMs: number | undefined) =>
    `${request} failed without an answer${durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`}`,
  slow: (request: string, durationMs: number) => `${request} took ${formatDuration(durationMs)}`,
  error: (message: string) => message || 'An uncaught error without a message',
  consoleError: (message: string) => message || 'An error without a message',
  consoleWarning: (message: string) => message || 'A warning without a message',
  resized: (width: number, height: number) => `Window resized to ${width} × ${height}`,
  selected: (text: string) => (text ? `Selected “${text}”` : 'Selected text'),
  copied: 'Copied from the page',
  scrolled: (screens: number, isPage: boolean) =>
    `Scrolled down ${plural(screens, 'screen', 'screens')}${isPage ? '' : ' in a part of the page'}`,
  movedToWindow: (number: string) => (number ? `Moved to window ${number}` : 'Moved to another window'),
  leftTab: 'Left the tab',
  cameBackToTab: 'Came back to the tab',
  wentOffline: 'Lost the network connection',
  cameOnline: 'Got the network connection back',
  vital: (metric: string, value: string) => `Slow page: ${metric} was ${value}`,
  blocked: (durationMs: number) => `The page was blocked for ${formatDuration(durationMs)}`,
  memory: (percent: number) => `The page used ${percent} % of the memory that it may`,
  breadcrumb: (category: string, message: string) => [category, message].filter(Boolean).join(': '),
  feedback: 'Sent feedback',
  hydrationError: 'The page was drawn differently than the server had sent it',
  identified: (user: string) => (user ? `Identified as “${user}”` : 'Identified the user'),
  custom: (tag: string) => `Event “${tag}”`,
  gap: (durationMs: number) => `Nothing was recorded for ${formatDuration(durationMs)}`,
  lost: (count: number, reason: string) =>
    `${plural(count, 'part', 'parts')} of the recording ${count === 1 ? 'is' : 'are'} missing${reason && `: ${reason}`}`,
  misfit: (count: number) => `${plural(count, 'recorded change', 'recorded changes')} fitted no known part of the page`,
  throttled: 'The page changed more than its recorder would take',
  marker: (text: string) => `Marker “${text}”`,
  idle: (durationMs: number) => `Nothing done for ${formatDuration(durationMs)}`,
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
  viewport: 'Window size',
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

/** What a session is called that leaves: never after its user or its file. */
export const exportedSessionWords = {
  single: 'Recorded session',
  numbered: (number: number) => `Recorded session ${number}`,
} as const;

/** What is said where several sessions make one timeline. */
export const joinedWords = {
  session: (number: number, window: string) => `session ${number}${window && `, window ${window}`}`,
  order: ({ count, withoutClock }: { count: number; withoutClock: number }) =>
    withoutClock === count
      ? `${count}, one after the other: none tells the time of day`
      : `${count}, in the order of the clock${withoutClock === 0 ? '' : `; ${withoutClock} without a clock after the others`}`,
} as const;

/** Words around the entries in an exported timeline. */
export const timelineDocumentWords = {
  time: 'Time',
  clock: 'Clock (UTC)',
  window: 'Window',
  kind: 'Kind',
  severity: 'Severity',
  event: 'What happened',
  started: 'Started',
  sessions: 'Sessions',
  duration: 'Duration',
  entries: 'Entries',
  entriesOf: (shown: number, omitted: number) => `${shown}; ${omitted} more are in the whole export`,
  policy: 'Redaction policy',
  generated: 'Written',
  software: 'Software',
  noClock: 'not in this export',
  notRedacted: 'not redacted',
  redacted: 'Redacted',
  masked: (count: number) => `${plural(count, 'value', 'values')} masked`,
  dropped: (count: number) => `${plural(count, 'part', 'parts')} left out`,
  caption: 'What happened in the session, in the order of time',
  overview: 'Activity over time',
  summary: 'In short',
  count: (count: number, severity: Severity) =>
    ({
      error: plural(count, 'error', 'errors'),
      warning: plural(count, 'warning', 'warnings'),
      info: plural(count, 'other entry', 'other entries'),
    })[severity],
  empty: 'Nothing was recorded that a timeline tells.',
} as const;
