import type { SearchResult } from '../../contract/search';

/** The part of a search result that the index knows. The worker adds the duration and whether the index is complete. */
export type QueryAnswer = Omit<SearchResult, 'tookMs' | 'isComplete'>;
