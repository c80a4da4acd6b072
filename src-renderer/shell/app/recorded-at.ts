import type { RecordingFacts } from '../../../src-main/contract/session';
import { knownClock } from '../../../src-main/contract/shared/timeline-order';

/** Returns the start of the recording in ms since 1970, or null if it is hidden or unknown. */
export const recordedAt = (facts: Pick<RecordingFacts, 'startedAt'>): number | null => knownClock(facts.startedAt);
