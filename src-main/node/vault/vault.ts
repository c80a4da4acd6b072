import type { ImportState } from '../../core/import/import-pass';
import type { VisibleText } from '../../core/recording/model/visible-text';
import { mergeWindows } from '../../core/recording/segments/merge-windows';
import type { Segment } from '../../core/recording/segments/segment';
import type { ScratchStore } from '../../core/recording/normalise/normalise';
import type { Case } from '../../contract/case';
import type { SessionEvent } from '../../contract/recorded-event';
import type { InterruptedPull, PullPoint } from '../../contract/pull';
import type { StoredSession } from '../../contract/session';
import type { KnownSigner } from '../../contract/signers';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import type { ImportOrigin } from '../../contract/worker';

/** The stored metadata of a session. The vault counts notes and errors itself. */
export type SessionRecord = Omit<StoredSession, 'id' | 'noteCount' | 'errorCount' | 'generation'>;

/**
 * The results of the import pass other than the timeline. They are derived from the events and stored to avoid deriving
 * them again.
 */
export interface SessionParts {
  texts: VisibleText[];
  /** Needed to append to a recording that grows. */
  state: ImportState;
  /** The number of each window, by the id that the source gives it. */
  windowNumbers: Record<string, string>;
}

/** The state that an import needs to append to a session. */
export type SessionResume = Pick<SessionParts, 'state' | 'windowNumbers'>;

/** A segment and its file. */
export interface StoredSegment extends Segment {
  file: string;
}

/** Writes a session atomically: it becomes visible with `commit`, and a crash before that changes nothing. */
export interface SessionWriter {
  /**
   * Resolves when the next segment may be added, not when this one is on the disk. A later call may throw its error.
   */
  addSegment(segment: Segment, json: Uint8Array): Promise<void>;
  /** Adds the timeline's next entries, ordered by time. Resolves like `addSegment`. */
  addTimeline(entries: readonly TimelineEntry[]): Promise<void>;
  commit(record: SessionRecord, parts: SessionParts, notes?: Note[]): Promise<StoredSession>;
  abort(): Promise<void>;
}

/**
 * The encrypted store of recordings. All other code uses this interface, so that a database could replace the files.
 * `FileVault` implements it; its comment lists the files. All methods may throw session-unknown, vault-damaged, disk-*.
 */
export interface Vault {
  list(): Promise<StoredSession[]>;
  get(id: string): Promise<StoredSession>;
  create(): Promise<SessionWriter>;
  /**
   * Rewrites a session, keeping these segments, and its notes unless `commit` brings others. The timeline is not kept.
   */
  rewrite(id: string, kept: readonly StoredSegment[]): Promise<SessionWriter>;
  /** Of all windows, ordered by start. */
  segments(id: string): Promise<StoredSegment[]>;
  readSegment(id: string, segment: Pick<StoredSegment, 'file'>): Promise<Uint8Array>;
  readTimeline(id: string): Promise<TimelineEntry[]>;
  /** Yields a few thousand entries at a time, because a timeline can be as long as its recording. */
  timelineParts(id: string): AsyncGenerator<TimelineEntry[]>;
  readTexts(id: string): Promise<VisibleText[]>;
  readResume(id: string): Promise<SessionResume>;
  readNotes(id: string): Promise<Note[]>;
  writeNotes(id: string, notes: Note[]): Promise<void>;
  /** Removes the session from the library. It can be restored until the vault is opened again. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<StoredSession>;
  readonly cases: Cases;
  readonly signers: SignerList;
  /** Returns encrypted temporary storage, which is deleted at the next start. */
  scratch(): Promise<Scratch>;
  /**
   * Opens the store for the data of a session's unfinished pull, which survives the process. It contains the data of an
   * earlier pull of the same session. `startedAt` is in ms since 1970.
   */
  pullJournal(origin: ImportOrigin, startedAt: number): Promise<PullJournal>;
  /** Returns the id of a session's journal, which is always the same. */
  pullId(origin: ImportOrigin): string;
  /** Lists the pulls with a journal, including running ones, newest first. */
  pulls(): Promise<InterruptedPull[]>;
  discardPull(id: string): Promise<void>;
  close(): Promise<void>;
}

/** The user's cases, last changed first. Throws case-unknown, vault-damaged, disk-*. */
export interface Cases {
  list(): Promise<Case[]>;
  read(id: string): Promise<Case>;
  write(changed: Case): Promise<void>;
  /** Removes the case. It can be restored until the vault is opened again. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<Case>;
}

/** The known signers; the list is read and replaced as one. Throws signers-damaged, disk-*. */
export interface SignerList {
  read(): Promise<KnownSigner[]>;
  write(signers: readonly KnownSigner[]): Promise<void>;
  /** Renames a damaged list, so that a new one can be written. */
  setAside(): Promise<void>;
}

/** Encrypted temporary storage. */
export interface Scratch extends ScratchStore {
  clear(): Promise<void>;
}

/** The data of a pull, in pieces. Throws vault-damaged, disk-*. */
export interface PullJournal extends Scratch {
  readonly id: string;
  /** The session's title when the pull began. */
  readonly title: string;
  /** The point at which an earlier pull can resume; undefined if it can't or there was none. */
  readonly point: PullPoint | undefined;
  /** The number of pieces of an earlier pull: those before its resume point, or all if it has none. */
  readonly pieces: number;
  /** The number of bytes in these pieces. */
  readonly bytes: number;
  /** Records that the pieces written so far contain all bytes before this point. */
  mark(point: PullPoint): Promise<void>;
}

/** Returns all events of a session, ordered by time. Can be iterated repeatedly. */
export function readEvents(vault: Vault, id: string): AsyncIterable<SessionEvent> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* mergeWindows(await vault.segments(id), (segment) => vault.readSegment(id, segment));
    },
  };
}

/** Reads the stored results of the import pass other than the timeline. */
export async function readParts(vault: Pick<Vault, 'readResume' | 'readTexts'>, id: string): Promise<SessionParts> {
  const resume = await vault.readResume(id);
  return { texts: await vault.readTexts(id), ...resume };
}

/** Copies a stored timeline into a session being written. */
export async function copyTimeline(from: Vault, id: string, writer: SessionWriter): Promise<void> {
  for await (const entries of from.timelineParts(id)) await writer.addTimeline(entries);
}
