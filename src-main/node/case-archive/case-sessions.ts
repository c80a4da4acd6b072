import * as v from 'valibot';
import { Annotation, CustodyRecord, RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { latestTime, type SessionEvent } from '../../contract/recorded-event';
import type { RecordingFacts } from '../../contract/session';
import type { Note } from '../../contract/note';
import { decodeJson, decodeJsonLines } from '../../core/casefile/text';
import { normaliseRecording } from '../../core/recording/normalise';
import type { OpenedCase } from './read-case';

/** A chunk is a list of these; what is in an event is checked by the same code as any other recording's. */
const Chunk = v.array(
  v.strictObject({
    windowId: v.string(),
    event: v.strictObject({ type: v.number(), data: v.unknown(), timestamp: v.number() }),
  }),
);

/** The events of a case file are all in memory while it is read. */
const sessionEventLimit = 2_000_000;

export interface CaseFileSession {
  title: string;
  events: SessionEvent[];
  facts: RecordingFacts;
  notes: Note[];
}

/**
 * The sessions of a case file, of at most `eventLimit` events in all.
 * Errors: case-unreadable, case-hostile for chunks that would unfold to more than the file holds, recording-*.
 */
export async function readCaseSessions(opened: OpenedCase, eventLimit = sessionEventLimit): Promise<CaseFileSession[]> {
  const paths = opened.manifest.resources.map((resource) => resource.path);
  const annotations = decodeJsonLines(Annotation, await opened.read('annotations.jsonl'), 'annotations.jsonl');
  await readCustody(opened);

  const sessions: CaseFileSession[] = [];
  let eventsLeft = eventLimit;
  for (const path of paths.filter((candidate) => /^recordings\/[^/]+\/index\.json$/.test(candidate))) {
    const recordingId = path.split('/')[1] ?? '';
    const index = decodeJson(RecordingIndex, await opened.read(path), path);
    checkChunkPaths(index, `recordings/${recordingId}/`);
    const events: SessionEvent[] = [];
    for (const chunk of index.chunks) {
      const found = decodeJson(Chunk, await opened.read(chunk.path), chunk.path);
      eventsLeft -= found.length;
      if (eventsLeft < 0) throw new CasementError('case-hostile', { reason: 'it holds too many events' });
      // One by one: a chunk is too long to spread into a call.
      for (const event of found) events.push(event);
    }
    const notes = takeNotes(annotations.filter((annotation) => annotation.recording === recordingId));
    const recording = normaliseRecording({ format: index.format, events }, { repeats: 'keep' });
    checkTimes(index.startedAt, recording.facts.startedAt, notes, path);
    const durationMs = recording.facts.startedAt + recording.facts.durationMs - index.startedAt;
    // The index says where the session began: redaction may have dropped the event that it began with.
    const facts = { ...recording.facts, startedAt: index.startedAt, durationMs };
    sessions.push({ title: index.title, notes, events: recording.events, facts });
  }
  if (sessions.length === 0) throw new CasementError('case-unreadable', { reason: 'it holds no recording' });
  return sessions;
}

/** What was done with the sessions before they came here, of all recordings in one list. Errors: case-unreadable. */
export async function readCustody(opened: OpenedCase): Promise<CustodyRecord[]> {
  return decodeJsonLines(CustodyRecord, await opened.read('custody.jsonl'), 'custody.jsonl');
}

/** The ZIP's limits only hold where each entry is read once. */
function checkChunkPaths({ chunks }: RecordingIndex, folder: string): void {
  const chunkPaths = new Set(chunks.map(({ path }) => path));
  if (chunkPaths.size !== chunks.length) {
    throw new CasementError('case-hostile', { reason: 'a recording names one of its parts twice' });
  }
  for (const path of chunkPaths) {
    if (!path.startsWith(folder)) {
      throw new CasementError('case-hostile', { reason: 'a recording names a part outside of its folder' });
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

/** Nothing lies before the session's start or beyond what a date can tell. */
function checkTimes(startedAt: number, firstAt: number, notes: readonly Note[], path: string): void {
  if (startedAt > firstAt || notes.some(({ atMs, endMs = atMs }) => startedAt + endMs > latestTime)) {
    throw new CasementError('case-unreadable', { reason: `a time in ${path} is impossible` });
  }
}
