import type { RecordingFacts } from '../../../src-main/contract/session';

/** Recorders of rrweb's kind don't predate this; a start before it means that a policy took the wall clock away. */
const earliestMs = Date.UTC(2010, 0, 1);

/** When the recording began, in ms since 1970, or null where that was hidden or never known. */
export function recordedAt(facts: Pick<RecordingFacts, 'startedAt'>): number | null {
  return facts.startedAt >= earliestMs ? facts.startedAt : null;
}
