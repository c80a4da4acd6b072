import { formatCount, plural } from './format';

/** The list of a session's events. */
export const eventsWords = {
  label: 'Events',
  search: 'Search events',
  clear: 'Clear event search',
  filters: 'Event types',
  follow: 'Follow playback',
  none: 'This recording has no events to list.',
  noneMatch: 'No events match.',
  showAll: 'Show all events',
  shown: (shown: number, all: number) =>
    shown === all ? plural(all, 'event', 'events') : `${formatCount(shown)} of ${plural(all, 'event', 'events')}`,
  groups: {
    errors: 'Errors',
    warnings: 'Warnings',
    frustration: 'Rage and dead clicks',
    clicks: 'Clicks',
    inputs: 'Inputs',
    pages: 'Pages',
    notes: 'Notes',
    gaps: 'Gaps and idle time',
    other: 'Other',
  },
  tab: (id: string) => `Tab ${id}`,
  failedTitle: 'Could not list the events',
} as const;
