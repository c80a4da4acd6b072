import type { SearchKind } from '../search';
import type { TimelineKind } from '../timeline';
import { formatCount, plural } from './format';

type SearchOnlyKind = Exclude<SearchKind, TimelineKind>;

/** The search across all sessions. */
export const searchWords = {
  title: 'Search',
  about: 'Search user actions, text on the page and your notes in every session in your library.',
  field: 'Search all sessions',
  fieldInSession: (title: string) => `Search in ${title}`,
  hint: 'Words, "exact phrase", -exclude',
  clear: 'Clear search',
  onlySession: (title: string) => `Only in ${title}`,
  allSessions: 'Search all sessions',
  searching: 'Searching…',
  found: (count: number, isUpperBound: boolean, tookMs: number) =>
    `${isUpperBound ? 'Up to ' : ''}${plural(count, 'session', 'sessions')} · ${Math.max(1, Math.round(tookMs))} ms`,
  results: 'Results',
  places: (count: number, most: number) =>
    count >= most ? `${formatCount(most)}+ matches` : plural(count, 'match', 'matches'),
  apart: 'Words match in different places',
  at: (time: string) => `at ${time}`,
  tab: (id: string) => `Tab ${id}`,
  open: (title: string) => `Open ${title}`,
  morePlaces: (count: number) => `Show all matches in this session (${formatCount(count)})`,
  loadMore: 'Load more',
  kinds: { text: 'Text on the page', session: 'Session' } satisfies Record<SearchOnlyKind, string>,

  filters: {
    label: 'Filters',
    toggle: (active: number) => (active === 0 ? 'Filters' : `Filters (${active})`),
    clear: 'Clear filters',
    places: 'Found in',
    sessions: 'Sessions',
    text: 'Text on the page',
    hasError: 'With errors',
    hasRage: 'With rage clicks',
    user: 'User',
    url: 'URL contains',
    source: 'Source',
    anySource: 'Any source',
    from: 'Recorded from',
    to: 'Recorded until',
    length: 'Duration',
    lengths: {
      any: 'Any duration',
      short: 'Under 1 minute',
      middle: '1 to 10 minutes',
      long: '10 to 60 minutes',
      longest: 'Over 1 hour',
    },
  },

  emptyLibraryTitle: 'Nothing to search yet',
  emptyLibraryText: 'Download a session from a source or open a file to search it here.',
  noneTitle: 'No results',
  noneText: 'Try fewer or shorter words. The word you are typing also matches longer words that start with it.',
  noneFiltered: 'The filters may be hiding results.',
  failedTitle: 'Search failed',
  indexing: 'Building the search index',
  indexingAbout: (done: number, total: number) =>
    `${formatCount(done)} of ${formatCount(total)} sessions are indexed. Remaining sessions will appear automatically.`,
  indexingStart: 'The search index is loading. Remaining sessions will appear automatically.',
};
