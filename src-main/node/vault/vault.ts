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

/** What is stored with a session beside its events; notes and errors are counted by the vault. */
export type SessionRecord = Omit<StoredSession, 'id' | 'noteCount' | 'errorCount' | 'generation'>;

/**
 * What the import pass read out of a recording beside its timeline; derived from its events, and kept so that nobody has to derive it
 * again.
 */
export interface SessionParts {
  texts: VisibleText[];
  /** To go on with a recording that grows. */
  state: ImportState;
  /** The number of each window by the id that its source gives it. */
  windowNumbers: Record<string, string>;
}

/** What an import has to know to go on with a session. */
export type SessionResume = Pick<SessionParts, 'state' | 'windowNumbers'>;

/** A segment and where it lies. */
export interface StoredSegment extends Segment {
  file: string;
}

/** A session on its way into the vault. All or nothing: until `commit` nobody sees it, and a crash leaves what was there before. */
export interface SessionWriter {
  /** The promise ends when the next may come, not when the bytes are on the disk; an error may come with a later call. */
  addSegment(segment: Segment, json: Uint8Array): Promise<void>;
  /** The timeline's next entries, in the order of time. The promise is as above. */
  addTimeline(entries: readonly TimelineEntry[]): Promise<void>;
  commit(record: SessionRecord, parts: SessionParts, notes?: Note[]): Promise<StoredSession>;
  abort(): Promise<void>;
}

/**
 * The place where recordings rest, encrypted. Everything else speaks to this port,
 * so that what lies behind it can become a database without a caller noticing.
 * Errors of all: session-unknown, vault-damaged, disk-*.
 */
export interface Vault {
  list(): Promise<StoredSession[]>;
  get(id: string): Promise<StoredSession>;
  create(): Promise<SessionWriter>;
  /** Writes a session anew, of which these segments stay as they are, and its notes unless `commit` brings others; its timeline doesn't. */
  rewrite(id: string, kept: readonly StoredSegment[]): Promise<SessionWriter>;
  /** Of all windows, in the order in which they begin. */
  segments(id: string): Promise<StoredSegment[]>;
  readSegment(id: string, segment: Pick<StoredSegment, 'file'>): Promise<Uint8Array>;
  readTimeline(id: string): Promise<TimelineEntry[]>;
  /** The same, a few thousand entries at a time: a timeline is as long as its recording. */
  timelineParts(id: string): AsyncGenerator<TimelineEntry[]>;
  readTexts(id: string): Promise<VisibleText[]>;
  readResume(id: string): Promise<SessionResume>;
  readNotes(id: string): Promise<Note[]>;
  writeNotes(id: string, notes: Note[]): Promise<void>;
  /** Takes it out of the library; it can be brought back until the vault is opened again. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<StoredSession>;
  readonly cases: Cases;
  readonly signers: SignerList;
  /** Bytes at rest that nobody but this vault reads and that are gone with the next start: sorting needs them. */
  scratch(): Promise<Scratch>;
  /**
   * Where the bytes of a session's pull are kept until it is done, also over the end of the process. What an earlier pull of the same
   * session left is in it. `startedAt`: ms since 1970.
   */
  pullJournal(origin: ImportOrigin, startedAt: number): Promise<PullJournal>;
  /** The id of that journal: the same for the same session. */
  pullId(origin: ImportOrigin): string;
  /** The pulls that left a journal; those that are under way are among them. The newest first. */
  pulls(): Promise<InterruptedPull[]>;
  discardPull(id: string): Promise<void>;
  close(): Promise<void>;
}

/** The user's cases, the last changed first. Errors: case-unknown, vault-damaged, disk-*. */
export interface Cases {
  list(): Promise<Case[]>;
  read(id: string): Promise<Case>;
  write(changed: Case): Promise<void>;
  /** It can be brought back until the vault is opened again. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<Case>;
}

/** Whose signatures the user knows, read and replaced whole. Errors: signers-damaged, disk-*. */
export interface SignerList {
  read(): Promise<KnownSigner[]>;
  write(signers: readonly KnownSigner[]): Promise<void>;
  /** Of a damaged one: the file stays beside its place, and a new list begins. */
  setAside(): Promise<void>;
}

/** Encrypted temporary storage. */
export interface Scratch extends ScratchStore {
  clear(): Promise<void>;
}

/** The bytes of a pull, piece by piece. Errors: vault-damaged, disk-*. */
export interface PullJournal extends Scratch {
  readonly id: string;
  /** What the session was called when the pull began. */
  readonly title: string;
  /** Where an earlier pull can be gone on with; undefined where it can't, or there was none. */
  readonly point: PullPoint | undefined;
  /** So many pieces an earlier pull left, numbered from 0: up to its point, or all where it has none. */
  readonly pieces: number;
  /** … and so many bytes are in them. */
  readonly bytes: number;
  /** The pieces written so far hold all bytes before this point. */
  mark(point: PullPoint): Promise<void>;
}

/** All recorded events of a session in the order of time. Can be read as often as wanted. */
export function readEvents(vault: Vault, id: string): AsyncIterable<SessionEvent> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* mergeWindows(await vault.segments(id), (segment) => vault.readSegment(id, segment));
    },
  };
}

/** What the import pass read out of a session, beside its timeline. */
export async function readParts(vault: Pick<Vault, 'readResume' | 'readTexts'>, id: string): Promise<SessionParts> {
  const resume = await vault.readResume(id);
  return { texts: await vault.readTexts(id), ...resume };
}

/** Gives a session that is written the timeline of another, or of its older self. */
export async function copyTimeline(from: Vault, id: string, writer: SessionWriter): Promise<void> {
  for await (const entries of from.timelineParts(id)) await writer.addTimeline(entries);
}
