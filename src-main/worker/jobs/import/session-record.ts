import { findMissing, type Completeness } from '../../../contract/completeness';
import type { RecordingFacts, StoredSession } from '../../../contract/session';
import type { PullState } from '../../../contract/worker';
import { hasPage } from '../../../core/recording/normalise/normalise';
import type { SessionRecord } from '../../../node/vault/vault';

/** Sets the state of the last pull in a session record. A session that wasn't pulled is complete. */
export function withState(record: SessionRecord, state: PullState = { completeness: [] }): SessionRecord {
  const { isPartial: _partial, missingParts: _missing, mutableUntil: _until, ...rest } = record;
  const missingParts = findMissing([...state.completeness, ...countEvents(record.facts, state)]);
  return {
    ...rest,
    ...((state.isCut || missingParts.length > 0) && { isPartial: true }),
    ...(missingParts.length > 0 && { missingParts }),
    ...(state.mutableUntil !== undefined && { mutableUntil: state.mutableUntil }),
  };
}

/**
 * Compares the events with the number that the platform announced, unless the source has counted them itself. Damaged and repeated events have
 * arrived, too.
 */
function countEvents({ events, damage }: RecordingFacts, { completeness, announcedEvents }: PullState): Completeness[] {
  if (announcedEvents === undefined || completeness.some(({ unit }) => unit === 'events')) return [];
  const received = damage.reduce((total, { count }) => total + count, events);
  return [{ unit: 'events', received, expected: announcedEvents }];
}

/** Returns the part of a session that is stored in its record; the rest is derived. */
export function recordOf(session: StoredSession): SessionRecord {
  const { id: _id, noteCount: _notes, errorCount: _errors, generation: _generation, ...record } = session;
  return record;
}

/** Marks a session whose recording contains no page: only its timeline can be shown. */
export function markPage({ isTimelineOnly: _old, ...record }: SessionRecord): SessionRecord {
  return hasPage(record.facts) ? record : { ...record, isTimelineOnly: true };
}
