import { formatCount, plural } from './format';

/** Buttons and labels that several screens share. */
export const commonWords = {
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  undo: 'Undo',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  open: 'Open',
  remove: 'Remove',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading',
  back: 'Back to the list',
} as const;

export const countWords = {
  events: (count: number) => plural(count, 'event', 'events'),
  errors: (count: number) => plural(count, 'error', 'errors'),
  notes: (count: number) => plural(count, 'note', 'notes'),
  sessions: (count: number) => plural(count, 'session', 'sessions'),
  entries: (count: number) => plural(count, 'entry', 'entries'),
  tabs: (count: number) => plural(count, 'tab', 'tabs'),
  matches: (count: number) => plural(count, 'match', 'matches'),
  plain: (count: number) => formatCount(count),
} as const;
