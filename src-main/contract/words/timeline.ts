import type { Severity, TimelineKind } from '../timeline';

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
const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** The sentences of a timeline. Names come from the recording and are already one line of plain text. */
export const timelineWords = {
  opened: (page: string) => `Opened ${page}`,
  reloaded: (page: string) => `Reloaded ${page}`,
  /** `card` is the heading of the one among several like parts of the page in which the control is. */
  clicked: (control: Control, name: string, card = '') => `Clicked ${named(control, name)}${card && ` in “${card}”`}`,
  clickedText: (text: string) => `Clicked on “${text}”`,
  clickedArea: (tag: string) => (tag ? `Clicked on the page (${tag})` : 'Clicked on the page'),
  rageClicked: (click: string, count: number, durationMs: number) =>
    `${click} ${count} times in ${seconds(durationMs)}`,
  changed: (control: Control, name: string) => `Changed ${named(control, name)}`,
  answered: (request: string, status: number, durationMs: number | undefined) =>
    `${request} answered ${status}${durationMs === undefined ? '' : ` after ${seconds(durationMs)}`}`,
  unanswered: (request: string, durationMs: number | undefined) =>
    `${request} failed without an answer${durationMs === undefined ? '' : ` after ${seconds(durationMs)}`}`,
  consoleError: (message: string) => message || 'An error without a message',
  consoleWarning: (message: string) => message || 'A warning without a message',
  resized: (width: number, height: number) => `Window resized to ${width} × ${height}`,
  custom: (tag: string) => `Event “${tag}”`,
  marker: (text: string) => `Marker “${text}”`,
  idle: (durationMs: number) => `Nothing done for ${seconds(durationMs)}`,
} as const;

export const kindWords: Readonly<Record<TimelineKind, string>> = {
  navigation: 'Page',
  click: 'Click',
  'rage-click': 'Rage clicks',
  input: 'Input',
  'console-error': 'Console error',
  'console-warning': 'Console warning',
  'network-error': 'Failed request',
  viewport: 'Window size',
  custom: 'Event',
  idle: 'Idle',
  note: 'Note',
};

export const severityWords: Readonly<Record<Severity, string>> = { info: 'Info', warning: 'Warning', error: 'Error' };

/** Words around the entries in an exported timeline. */
export const timelineDocumentWords = {
  time: 'Time',
  clock: 'Clock (UTC)',
  window: 'Window',
  kind: 'Kind',
  severity: 'Severity',
  event: 'What happened',
  started: 'Started',
  duration: 'Duration',
  entries: 'Entries',
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
