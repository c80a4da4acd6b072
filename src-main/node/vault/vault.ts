import type { SessionEvent } from '../../contract/recorded-event';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/timeline';

/** What is stored with a session beside its events; the number of notes is counted, not stored. */
export type SessionRecord = Omit<StoredSession, 'id' | 'noteCount'>;

/**
 * The place where recordings rest, encrypted. Everything else speaks to this port,
 * so that what lies behind it can become a database without a caller noticing.
 * Errors of all: session-unknown, vault-damaged, disk-*.
 */
export interface Vault {
  list(): Promise<StoredSession[]>;
  get(id: string): Promise<StoredSession>;
  /** All or nothing: a crash or a full disk in the middle leaves no session behind. */
  add(record: SessionRecord, chunks: Iterable<SessionEvent[]>, notes?: Note[]): Promise<StoredSession>;
  countChunks(id: string): Promise<number>;
  readChunk(id: string, index: number): Promise<SessionEvent[]>;
  readNotes(id: string): Promise<Note[]>;
  writeNotes(id: string, notes: Note[]): Promise<void>;
  /** Takes it out of the library; it can be brought back until the vault is opened again. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<StoredSession>;
  close(): Promise<void>;
}

/** All events of a session, in the order of time. */
export async function* readEvents(vault: Vault, id: string): AsyncGenerator<SessionEvent> {
  const count = await vault.countChunks(id);
  for (let index = 0; index < count; index++) yield* await vault.readChunk(id, index);
}
