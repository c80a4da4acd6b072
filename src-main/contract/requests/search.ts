import * as v from 'valibot';
import { JobId } from '../ids';
import { SearchQuery, SearchResult } from '../search';
import { empty } from './empty';

export const searchRequests = {
  /** A newer search cancels the older one by its job. */
  'search.query': { input: v.strictObject({ ...SearchQuery.entries, jobId: JobId }), output: SearchResult },
  /** Ends when every stored session is in the index. The job reports the progress. */
  'search.catch-up': { input: v.strictObject({ jobId: JobId }), output: empty },
} as const;
