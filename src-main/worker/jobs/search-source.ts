import { createHash } from 'node:crypto';
import { CasementError } from '../../contract/errors';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import type { IndexedSession, SearchedEntry } from '../../node/search-index/session-places';
import type { Vault } from '../../node/vault/vault';

/** A session as the vault has it now, and the mark by which the index tells whether it has read just that. */
export interface SessionState {
  session: StoredSession;
  notes: Note[];
  stamp: string;
}

/** Undefined for what isn't there or can't be read: it can't be searched either. Errors: disk-*. */
export function readState(vault: Vault, id: string): Promise<SessionState | undefined> {
  return unlessGone(async () => {
    const session = await vault.get(id);
    const notes = await unlessGone(() => vault.readNotes(id));
    return { session, notes: notes ?? [], stamp: stampOf(session, notes ?? []) };
  });
}

/** All that is searched in a session. Undefined as above. */
export function readSession(vault: Vault, { session, notes }: SessionState): Promise<IndexedSession | undefined> {
  return unlessGone(async () => {
    const timeline: SearchedEntry[] = [];
    for await (const part of vault.timelineParts(session.id))
      for (const entry of part) timeline.push(searchedOf(entry));
    const texts = await vault.readTexts(session.id);
    const sinceStart = (atMs: number): number => Math.max(0, atMs - session.facts.startedAt);
    return {
      session,
      timeline,
      texts: texts.map(({ windowId, text, spans }) => ({
        windowId,
        text,
        spans: spans.map(([from, to]): [number, number] => [sinceStart(from), sinceStart(to)]),
      })),
      notes,
    };
  });
}

/** The timeline of a long session is in memory here: nothing of it is kept that isn't asked for. */
function searchedOf({ kind, severity, atMs, windowId, text, details }: TimelineEntry): SearchedEntry {
  const page = details?.page;
  return { kind, severity, atMs, windowId, text, ...(page !== undefined && { details: { page } }) };
}

function stampOf(session: StoredSession, notes: readonly Note[]): string {
  return createHash('sha256')
    .update(JSON.stringify([session, notes]))
    .digest('base64')
    .slice(0, 22);
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CasementError && (error.code === 'session-unknown' || error.code === 'vault-damaged'))
      return undefined;
    throw error;
  }
}
