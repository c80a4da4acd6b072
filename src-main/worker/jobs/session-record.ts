import type { StoredSession } from '../../contract/session';
import type { SessionRecord } from '../../node/vault/vault';

/** The part of a session that is written with it; the rest is known otherwise. */
export function recordOf(session: StoredSession): SessionRecord {
  const { id: _id, noteCount: _count, generation: _generation, ...record } = session;
  return record;
}
