import type { RecordingFacts, StoredSession } from '../../../contract/session';
import type { PullState } from '../../../contract/worker';
import type { SessionRecord } from '../../../node/vault/vault';

/** Sets the state of the last pull in a session record. A session that wasn't pulled is complete. */
export function withState(record: SessionRecord, state: PullState = { isPartial: false }): SessionRecord {
  const { isPartial: _partial, mutableUntil: _until, ...rest } = record;
  return {
    ...rest,
    ...(state.isPartial && { isPartial: true }),
    ...(state.mutableUntil !== undefined && { mutableUntil: state.mutableUntil }),
  };
}

/** Returns the part of a session that is stored in its record; the rest is derived. */
export function recordOf(session: StoredSession): SessionRecord {
  const { id: _id, noteCount: _notes, errorCount: _errors, generation: _generation, ...record } = session;
  return record;
}

/** Returns the facts of a session of which only the timeline exists. */
export function timelineFacts(
  known: Pick<RecordingFacts, 'format' | 'events' | 'startedAt' | 'durationMs'> &
    Partial<Pick<RecordingFacts, 'damage'>>,
): RecordingFacts {
  return { windows: [], counts: {}, damage: [], width: 0, height: 0, ...known };
}
