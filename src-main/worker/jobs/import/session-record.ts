import type { StoredSession } from '../../../contract/session';
import type { PullState } from '../../../contract/worker';
import type { SessionRecord } from '../../../node/vault/vault';

/** Says of a session how the last pull left it. Where there was none, it is all there is. */
export function withState(record: SessionRecord, state: PullState = { isPartial: false }): SessionRecord {
  const { isPartial: _partial, mutableUntil: _until, ...rest } = record;
  return {
    ...rest,
    ...(state.isPartial && { isPartial: true }),
    ...(state.mutableUntil !== undefined && { mutableUntil: state.mutableUntil }),
  };
}

/** The part of a session that is written with it; the rest is known otherwise. */
export function recordOf(session: StoredSession): SessionRecord {
  const { id: _id, noteCount: _notes, errorCount: _errors, generation: _generation, ...record } = session;
  return record;
}
