import type { Annotation, CustodyRecord, RecordingIndex } from '../../contract/case-format';
import type { RedactionReport } from '../../contract/policy';
import type { SessionEvent } from '../../contract/recorded-event';
import type { Note } from '../../contract/note';
import { cutIntoChunks, startsWithFullSnapshot } from '../recording/chunks';
import { encodeText } from './text';

/** One file in a case file. */
export interface CaseEntry {
  path: string;
  mediatype: string;
  bytes: Uint8Array;
}

/** One redacted session on its way into a case file. */
export interface CaseSession {
  title: string;
  format: string;
  /** The session's start on the clock of `events`, ms. */
  startedAt: number;
  /** In the order of time, already redacted. */
  events: readonly SessionEvent[];
  notes: readonly Note[];
  custody: readonly CustodyRecord[];
  report: RedactionReport;
}

/** The finished timelines that lie in the case file beside the recordings. */
export interface CaseDocument {
  path: string;
  mediatype: string;
  text: string;
}

/** The id of a recording within a case file: its ordinal, which says nothing of whose it is. */
function caseRecordingId(ordinal: number): string {
  return `r${ordinal + 1}`;
}

/** Everything that a case file holds but its manifest, in the order in which it is written. */
export function* buildCaseEntries(
  sessions: readonly CaseSession[],
  documents: readonly CaseDocument[],
): Generator<CaseEntry> {
  for (const [ordinal, session] of sessions.entries()) yield* buildRecordingEntries(session, ordinal);
  for (const { text, ...entry } of documents) yield { ...entry, bytes: encodeText(text) };

  const annotations = sessions.flatMap((session, ordinal) =>
    session.notes.map((note): Annotation => ({ recording: caseRecordingId(ordinal), ...note })),
  );
  yield jsonLines('annotations.jsonl', annotations);
  yield jsonLines(
    'custody.jsonl',
    sessions.flatMap((session) => session.custody),
  );
  yield json(
    'redaction-report.json',
    sessions.map((session) => session.report),
  );
}

function* buildRecordingEntries(session: CaseSession, ordinal: number): Generator<CaseEntry> {
  const folder = `recordings/${caseRecordingId(ordinal)}`;
  const { title, startedAt, format } = session;
  const index: RecordingIndex = { title, startedAt, format, chunks: [] };
  for (const chunk of cutIntoChunks(session.events)) {
    const path = `${folder}/${String(index.chunks.length).padStart(6, '0')}.json`;
    index.chunks.push({
      path,
      t0: (chunk[0]?.event.timestamp ?? startedAt) - startedAt,
      t1: (chunk.at(-1)?.event.timestamp ?? startedAt) - startedAt,
      events: chunk.length,
      startsWithFullSnapshot: startsWithFullSnapshot(chunk),
    });
    yield json(path, chunk);
  }
  yield json(`${folder}/index.json`, index);
}

function json(path: string, value: unknown): CaseEntry {
  return { path, mediatype: 'application/json', bytes: encodeText(JSON.stringify(value)) };
}

function jsonLines(path: string, values: readonly unknown[]): CaseEntry {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  return { path, mediatype: 'application/jsonl', bytes: encodeText(text) };
}
