import type { SearchResult } from '../../contract/search';

/** What the index itself can say; how long it took and whether all is in it, its keeper knows. */
export type QueryAnswer = Omit<SearchResult, 'tookMs' | 'isComplete'>;
