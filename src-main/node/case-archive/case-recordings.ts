import { Annotation, CustodyRecord, type RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { Note } from '../../contract/note';
import { latestTime, type SessionEvent } from '../../contract/recorded-event';
import type { RecordingFacts } from '../../contract/session';
import { encodeText, decodeJsonLines } from '../../core/casefile/text';
import { readChunk, readIndex } from '../../core/casefile/upgrade';
import type { RecordingInput } from '../../core/recording/parse';
import { groupByWindow } from '../../core/recording/segments/segment';
import type { OpenedCase } from './read-case';

/** One recording of a case file. Nothing but its index is read until its events are asked for. */
export interface CaseRecording {
  /** Its folder's name, such as `r1`. */
  id: string;
  title: string;
  notes: Note[];
  index: RecordingIndex;
  /** Its events as any other recording's bytes: so that the same code reads and checks them. */
  input: RecordingInput;
}

/** The recordings of a case file, in its order. Errors: case-unreadable, case-hostile, case-changed. */
export async function listCaseRecordings(opened: OpenedCase): Promise<CaseRecording[]> {
  const annotations = decodeJsonLines(Annotation, await opened.read('annotations.jsonl'), 'annotations.jsonl');
  await readCustody(opened);
  return (await readIndexes(opened)).map(({ id, path, index }) => {
    const notes = takeNotes(annotations.filter((annotation) => annotation.recording === id));
    checkNotes(index.startedAt, notes, path);
    return { id, title: index.title, notes, index, input: inputOfChunks(opened, index) };
  });
}

/** The indexes of a case file's recordings, in its order, and where they lie. Errors: as `listCaseRecordings`. */
export async function readIndexes(opened: OpenedCase): Promise<{ id: string; path: string; index: RecordingIndex }[]> {
  const indexes = [];
  for (const { path } of opened.manifest.resources) {
    const [, id] = /^recordings\/([^/]+)\/index\.json$/.exec(path) ?? [];
    if (id === undefined) continue;
    const index = readIndex(opened.manifest.formatVersion, await opened.read(path), path);
    checkChunkPaths(index, `recordings/${id}/`);
    indexes.push({ id, path, index });
  }
  if (indexes.length === 0) throw new CasementError('case-unreadable', { reason: refusals.caseFile.noRecording });
  return indexes;
}

/**
 * What is known of a recording, from when its index says that it began: redaction may have dropped the event that it began with.
 * Errors: case-unreadable for an index that begins after its events.
 */
export function factsFrom({ startedAt, format }: RecordingIndex, facts: RecordingFacts): RecordingFacts {
  if (startedAt > facts.startedAt) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.startsAfterEvents });
  }
  return { ...facts, format, startedAt, durationMs: facts.startedAt + facts.durationMs - startedAt };
}

/** What was done with the sessions before they came here, of all recordings in one list. Errors: case-unreadable. */
export async function readCustody(opened: OpenedCase): Promise<CustodyRecord[]> {
  return decodeJsonLines(CustodyRecord, await opened.read('custody.jsonl'), 'custody.jsonl');
}

/** JSON lines of `[windowId, event]`, in the order of time; one chunk a window is in memory. */
function inputOfChunks(opened: OpenedCase, index: RecordingIndex): RecordingInput {
  return {
    async *open() {
      for await (const events of inOrder(opened, index)) {
        yield encodeText(events.map(({ windowId, event }) => `${JSON.stringify([windowId, event])}\n`).join(''));
      }
    },
  };
}

async function* inOrder(opened: OpenedCase, index: RecordingIndex): AsyncGenerator<SessionEvent[]> {
  const windows = [...groupByWindow(index.chunks).values()].map((chunks) => ({
    chunks,
    next: [] as SessionEvent[],
    at: 0,
  }));
  for (;;) {
    for (const window of windows) {
      while (window.at === window.next.length && window.chunks.length > 0) {
        const [chunk, ...rest] = window.chunks;
        if (!chunk) break;
        window.next = readChunk(opened.manifest.formatVersion, await opened.read(chunk.path), chunk);
        window.at = 0;
        window.chunks = rest;
      }
    }
    const open = windows.filter(({ next, at }) => at < next.length);
    if (open.length === 0) return;
    // As many as come before the first event of any other window, and at least one.
    const first = open.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
    const limit = Math.min(...open.filter((window) => window !== first).map(timeOf));
    const from = first.at++;
    while (first.at < first.next.length && timeOf(first) <= limit) first.at++;
    yield first.next.slice(from, first.at);
  }
}

const timeOf = ({ next, at }: { next: readonly SessionEvent[]; at: number }): number =>
  next[at]?.event.timestamp ?? Infinity;

/** The ZIP's limits only hold where each entry is read once. */
function checkChunkPaths({ chunks }: RecordingIndex, folder: string): void {
  const chunkPaths = new Set(chunks.map(({ path }) => path));
  if (chunkPaths.size !== chunks.length) {
    throw new CasementError('case-hostile', { reason: refusals.archive.duplicatePart });
  }
  for (const path of chunkPaths) {
    if (!path.startsWith(folder)) {
      throw new CasementError('case-hostile', { reason: refusals.archive.foreignPart });
    }
  }
}

/** Notes with ids of our own: those in the file are somebody else's words, and two may be the same. */
function takeNotes(annotations: readonly Annotation[]): Note[] {
  return annotations.map(({ recording: _recording, ...note }, ordinal) => ({
    ...note,
    id: `n-${String(ordinal + 1).padStart(4, '0')}`,
  }));
}

/** Nothing lies beyond what a date can tell. */
function checkNotes(startedAt: number, notes: readonly Note[], path: string): void {
  if (notes.some(({ atMs, endMs = atMs }) => startedAt + endMs > latestTime)) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.invalidTime(path) });
  }
}
