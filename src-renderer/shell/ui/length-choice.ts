import type { SearchFilters } from '../../../src-main/contract/search';
import type { searchWords } from '../../../src-main/contract/words/search';

export type LengthChoice = keyof typeof searchWords.filters.lengths;

const minuteMs = 60_000;

/** The durations of each choice. */
export const lengthLimits: Record<LengthChoice, Pick<SearchFilters, 'minDurationMs' | 'maxDurationMs'>> = {
  any: {},
  short: { maxDurationMs: minuteMs - 1 },
  middle: { minDurationMs: minuteMs, maxDurationMs: 10 * minuteMs },
  long: { minDurationMs: 10 * minuteMs, maxDurationMs: 60 * minuteMs },
  longest: { minDurationMs: 60 * minuteMs + 1 },
};
