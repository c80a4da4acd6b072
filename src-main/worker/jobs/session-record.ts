import type { StoredSession } from '../../contract/session';
import type { SessionRecord } from '../../node/vault/vault';

/** Marks a session of which the platform left something out, or takes the mark off. */
export function markPartial({ isPartial: _before, ...record }: SessionRecord, isPartial: boolean): SessionRecord {
  return isPartial ? { ...record, isPartial } : record;
}

/** The part of a session that is written with it; the rest is known otherwise. */
export function recordOf(session: StoredSession): SessionRecord {
  const { id: _id, noteCount: _count, generation: _generation, ...record } = session;
  return record;
}
