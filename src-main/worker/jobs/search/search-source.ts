import { createHash } from 'node:crypto';
import { hasCode } from '../../../contract/errors';
import type { StoredSession } from '../../../contract/session';
import type { Note } from '../../../contract/note';
import type { IndexedSession } from '../../../node/search-index/searchable-texts';
import type { Vault } from '../../../node/vault/vault';

/** A session as the vault has it now. The index compares the stamp to detect whether it is up to date. */
export interface SessionState {
  session: StoredSession;
  notes: Note[];
  stamp: string;
}

/** Returns undefined for a session that doesn't exist or can't be read. Throws disk-*. */
export function readState(vault: Vault, id: string): Promise<SessionState | undefined> {
  return unlessGone(async () => {
    const session = await vault.get(id);
    const notes = await unlessGone(() => vault.readNotes(id));
    return { session, notes: notes ?? [], stamp: stampOf(session, notes ?? []) };
  });
}

/** Returns the searchable contents of a session. Throws session-unknown, vault-damaged, disk-*, also while its timeline is read. */
export async function readSession(vault: Vault, { session, notes }: SessionState): Promise<IndexedSession> {
  const texts = await vault.readTexts(session.id);
  const sinceStart = (atMs: number): number => Math.max(0, atMs - session.facts.startedAt);
  return {
    session,
    timeline: vault.timelineParts(session.id),
    texts: texts.map(({ windowId, text, spans }) => ({
      windowId,
      text,
      spans: spans.map(([from, to]): [number, number] => [sinceStart(from), sinceStart(to)]),
    })),
    notes,
  };
}

function stampOf(session: StoredSession, notes: readonly Note[]): string {
  return createHash('sha256')
    .update(JSON.stringify([session, notes]))
    .digest('base64')
    .slice(0, 22);
}

/** Returns undefined instead of an error if a session doesn't exist or can't be read: neither can be searched. */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (hasCode(error, 'session-unknown', 'vault-damaged')) return undefined;
    throw error;
  }
}
