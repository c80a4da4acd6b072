import type { SearchKind } from '../search';
import type { TimelineKind } from '../timeline';
import { formatCount, plural } from './format';

type SearchOnlyKind = Exclude<SearchKind, TimelineKind>;

/** What the shell says where it searches all sessions. */
export const searchWords = {
  title: 'Search',
  about: 'What users did, what they could read, and your notes, in every session of your library.',
  field: 'Search all sessions',
  fieldInSession: (title: string) => `Search in ${title}`,
  hint: 'Words, "a phrase", -without',
  clear: 'Clear the search',
  onlySession: (title: string) => `Only in ${title}`,
  allSessions: 'Search all sessions',
  searching: 'Searching…',
  found: (count: number, isUpperBound: boolean, tookMs: number) =>
    `${isUpperBound ? 'Up to ' : ''}${plural(count, 'session', 'sessions')} · ${Math.max(1, Math.round(tookMs))} ms`,
  results: 'Results',
  places: (count: number, most: number) =>
    count >= most ? `${formatCount(most)}+ places` : plural(count, 'place', 'places'),
  apart: 'Words stand in different places',
  at: (time: string) => `at ${time}`,
  window: (id: string) => `Window ${id}`,
  open: (title: string) => `Open ${title}`,
  morePlaces: (count: number) => `Show all places in this session (${formatCount(count)})`,
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
    url: 'Page address has',
    source: 'Source',
    anySource: 'Any source',
    from: 'Recorded from',
    to: 'Recorded until',
    length: 'Length',
    lengths: {
      any: 'Any length',
      short: 'Under 1 minute',
      middle: '1 to 10 minutes',
      long: '10 to 60 minutes',
      longest: 'Over 1 hour',
    },
  },

  emptyLibraryTitle: 'Nothing to search yet',
  emptyLibraryText: 'Pull a session from a source or open a file. What it holds can then be found here.',
  noneTitle: 'Nothing found',
  noneText: 'Try fewer or shorter words. A word finds longer ones that begin with it while you type it.',
  noneFiltered: 'The filters may hide what you look for.',
  failedTitle: 'The search failed',
  indexing: 'Reading sessions into the search index',
  indexingAbout: (done: number, total: number) =>
    `${formatCount(done)} of ${formatCount(total)} sessions are read into the search index. What is missing comes by itself.`,
  indexingStart: 'The search index is being read. What is missing comes by itself.',
};
