import type { RecordingFacts } from '../../../src-main/contract/session';
import { knownClock } from '../../../src-main/contract/shared/timeline-order';

/** When the recording began, in ms since 1970, or null where that was hidden or never known. */
export const recordedAt = (facts: Pick<RecordingFacts, 'startedAt'>): number | null => knownClock(facts.startedAt);
