import { Annotation, CustodyRecord, ExportedEntry, type RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { Note } from '../../contract/note';
import { latestTime, type SessionEvent } from '../../contract/recorded-event';
import type { RecordingFacts } from '../../contract/session';
import type { TimelineEntry } from '../../contract/timeline';
import { entriesPath } from '../../core/casefile/entries';
import { cleanEntry } from '../../core/timeline/formats/document';
import { encodeText, decodeJsonLines } from '../../core/casefile/text';
import { readChunk, readIndex } from '../../core/casefile/upgrade';
import type { RecordingInput } from '../../core/recording/parse';
import { groupByWindow } from '../../core/recording/segments/segment';
import type { OpenedCase } from './read-case';

/** A recording of a case file. Only its index is read until its events are needed. */
export interface CaseRecording {
  /** The name of its folder, such as `r1`. */
  id: string;
  title: string;
  notes: Note[];
  index: RecordingIndex;
  /** The timeline as it was exported. Undefined before format 3: then it has to be read from the recording. */
  entries: TimelineEntry[] | undefined;
  /** Its events in the format of any recording, so that the same code reads and checks them. */
  input: RecordingInput;
}

/** Returns the recordings of a case file, in its order. Throws case-unreadable, case-hostile, case-changed. */
export async function listCaseRecordings(opened: OpenedCase): Promise<CaseRecording[]> {
  const annotations = decodeJsonLines(Annotation, await opened.read('annotations.jsonl'), 'annotations.jsonl');
  await readCustody(opened);
  const recordings: CaseRecording[] = [];
  for (const { id, path, index } of await readIndexes(opened)) {
    const notes = takeNotes(annotations.filter((annotation) => annotation.recording === id));
    checkNotes(index.startedAt, notes, path);
    const entries = await readEntries(opened, id);
    recordings.push({ id, title: index.title, notes, index, entries, input: inputOfChunks(opened, index) });
  }
  return recordings;
}

/** Returns the exported timeline of a recording, as lines of visible text in the order of time. Throws case-unreadable, case-changed. */
async function readEntries(opened: OpenedCase, id: string): Promise<TimelineEntry[] | undefined> {
  if (opened.manifest.formatVersion < entriesSince) return undefined;
  const path = entriesPath(id);
  const entries = decodeJsonLines(ExportedEntry, await opened.read(path), path).map(cleanEntry);
  return entries.sort((a, b) => a.atMs - b.atMs);
}

/** The format version since which a case file contains its timeline as entries. */
const entriesSince = 3;

/** Returns the indexes of a case file's recordings, in its order, with their paths. Throws as `listCaseRecordings`. */
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
 * Returns the facts of a recording with the start from its index: redaction may have removed the first event. Throws
 * `case-unreadable` if the index starts after the events.
 */
export function factsFrom({ startedAt, format }: RecordingIndex, facts: RecordingFacts): RecordingFacts {
  if (startedAt > facts.startedAt) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.startsAfterEvents });
  }
  return { ...facts, format, startedAt, durationMs: facts.startedAt + facts.durationMs - startedAt };
}

/** Returns the custody records of all recordings. Throws case-unreadable. */
export async function readCustody(opened: OpenedCase): Promise<CustodyRecord[]> {
  return decodeJsonLines(CustodyRecord, await opened.read('custody.jsonl'), 'custody.jsonl');
}

/** Yields JSON lines of `[windowId, event]`, ordered by time, with one chunk per window in memory. */
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
    // Yield all events before the first event of any other window, and at least one.
    const first = open.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
    const limit = Math.min(...open.filter((window) => window !== first).map(timeOf));
    const from = first.at++;
    while (first.at < first.next.length && timeOf(first) <= limit) first.at++;
    yield first.next.slice(from, first.at);
  }
}

const timeOf = ({ next, at }: { next: readonly SessionEvent[]; at: number }): number =>
  next[at]?.event.timestamp ?? Infinity;

/** The ZIP limits hold only if each entry is read once. */
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

/** Replaces the notes' ids, which come from another computer and may be duplicates. */
function takeNotes(annotations: readonly Annotation[]): Note[] {
  return annotations.map(({ recording: _recording, ...note }, ordinal) => ({
    ...note,
    id: `n-${String(ordinal + 1).padStart(4, '0')}`,
  }));
}

/** Refuses times that a Date can't represent. */
function checkNotes(startedAt: number, notes: readonly Note[], path: string): void {
  if (notes.some(({ atMs, endMs = atMs }) => startedAt + endMs > latestTime)) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.invalidTime(path) });
  }
}
