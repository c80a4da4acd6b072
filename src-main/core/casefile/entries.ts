import type { Annotation, CustodyRecord, RecordingIndex } from '../../contract/case-format';
import type { CasePosition } from '../../contract/case-position';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import type { RedactionReport } from '../../contract/policy';
import type { Segment } from '../recording/segments/segment';
import { auditPath, type AuditEvidence } from './audit';
import { encodeText } from './text';

/** One file in a case file. */
export interface CaseEntry {
  path: string;
  mediatype: string;
  bytes: Uint8Array;
}

/** A segment of a redacted recording. */
export interface PackedSegment extends Segment {
  /** The segment's key in the store of its recording. */
  ref: number;
  /** True if a replay can begin with its first event. */
  startsWithPage: boolean;
  /** The offset in its text of the first recorded event, after those of the keyframe. */
  eventsAt: number;
}

/** A redacted recording, as a case file packs it. */
export interface PackedRecording {
  /** The segments of all windows, in the order in which they begin. */
  readonly segments: readonly PackedSegment[];
  /** Reads the UTF-8 JSON of a segment's events. */
  read(segment: PackedSegment): Promise<Uint8Array>;
}

/** One redacted session on its way into a case file. */
export interface CaseSession {
  title: string;
  format: string;
  /** The session's start on the clock of the recording, ms. */
  startedAt: number;
  durationMs: number;
  position?: CasePosition | undefined;
  recording: PackedRecording;
  /** The redacted timeline without the notes, in the order of time. */
  entries: readonly TimelineEntry[];
  notes: readonly Note[];
  custody: readonly CustodyRecord[];
  report: RedactionReport;
}

/** A finished text in a case file: a timeline, a page, an attachment. */
export interface CaseDocument {
  path: string;
  mediatype: string;
  /** A text, or its UTF-8. */
  text: string | Uint8Array;
}

/** Returns the id of a recording within a case file. It is a number, so that it reveals nothing about the session. */
function caseRecordingId(ordinal: number): string {
  return `r${ordinal + 1}`;
}

/** Returns the path of the timeline of a recording. */
export function entriesPath(recordingId: string): string {
  return `recordings/${recordingId}/entries.jsonl`;
}

/** Yields all entries of a case file except its manifest, in the order in which they are written, one at a time in memory. */
export async function* buildCaseEntries(
  sessions: readonly CaseSession[],
  documents: Iterable<CaseDocument> | AsyncIterable<CaseDocument>,
  audit?: AuditEvidence,
): AsyncGenerator<CaseEntry> {
  for (const [ordinal, session] of sessions.entries()) yield* buildRecordingEntries(session, ordinal);
  for await (const { text, ...entry } of documents)
    yield { ...entry, bytes: typeof text === 'string' ? encodeText(text) : text };

  const annotations = sessions.flatMap((session, ordinal) =>
    session.notes.map((note): Annotation => ({ recording: caseRecordingId(ordinal), ...note })),
  );
  yield jsonLines('annotations.jsonl', annotations);
  yield jsonLines(
    'custody.jsonl',
    sessions.flatMap((session) => session.custody),
  );
  if (audit) yield json(auditPath, audit);
  yield json(
    'redaction-report.json',
    sessions.map((session) => session.report),
  );
}

async function* buildRecordingEntries(session: CaseSession, ordinal: number): AsyncGenerator<CaseEntry> {
  const folder = `recordings/${caseRecordingId(ordinal)}`;
  const { title, format, startedAt, durationMs, position, recording } = session;
  const index: RecordingIndex = { title, startedAt, durationMs, format, ...(position && { position }), chunks: [] };
  for (const segment of recording.segments) {
    const path = `${folder}/${String(index.chunks.length).padStart(6, '0')}.json`;
    const bytes = await recording.read(segment);
    const { windowId, startMs, endMs, events, keyframe, startsWithPage } = segment;
    index.chunks.push({
      path,
      windowId,
      t0: startMs - startedAt,
      t1: endMs - startedAt,
      events,
      keyframe,
      startsWithFullSnapshot: startsWithPage,
    });
    yield { path, mediatype: 'application/json', bytes };
  }
  yield json(`${folder}/index.json`, index);
  yield jsonLines(entriesPath(caseRecordingId(ordinal)), session.entries);
}

function json(path: string, value: unknown): CaseEntry {
  return { path, mediatype: 'application/json', bytes: encodeText(JSON.stringify(value)) };
}

function jsonLines(path: string, values: readonly unknown[]): CaseEntry {
  const bytes = encodeText(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return { path, mediatype: 'application/jsonl', bytes };
}
