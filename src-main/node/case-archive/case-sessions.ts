import * as v from 'valibot';
import { Annotation, CustodyRecord, RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import type { SessionEvent } from '../../contract/recorded-event';
import type { RecordingFacts } from '../../contract/session';
import type { Note } from '../../contract/timeline';
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

export interface CaseFileSession {
  title: string;
  events: SessionEvent[];
  facts: RecordingFacts;
  notes: Note[];
}

/** The sessions of a case file. Errors: case-unreadable, recording-*. */
export async function readCaseSessions(opened: OpenedCase): Promise<CaseFileSession[]> {
  const paths = opened.manifest.resources.map((resource) => resource.path);
  const annotations = decodeJsonLines(Annotation, await opened.read('annotations.jsonl'), 'annotations.jsonl');
  decodeJsonLines(CustodyRecord, await opened.read('custody.jsonl'), 'custody.jsonl');

  const sessions: CaseFileSession[] = [];
  for (const path of paths.filter((candidate) => /^recordings\/[^/]+\/index\.json$/.test(candidate))) {
    const recordingId = path.split('/')[1] ?? '';
    const index = decodeJson(RecordingIndex, await opened.read(path), path);
    const events: SessionEvent[] = [];
    for (const chunk of index.chunks) {
      // One by one: a chunk is too long to spread into a call.
      for (const event of decodeJson(Chunk, await opened.read(chunk.path), chunk.path)) events.push(event);
    }
    const notes = annotations
      .filter((annotation) => annotation.recording === recordingId)
      .map(({ recording: _, ...note }) => note);
    const recording = normaliseRecording({ format: index.format, events, damage: [] }, { repeats: 'keep' });
    const durationMs = recording.facts.startedAt + recording.facts.durationMs - index.startedAt;
    // The index says where the session began: redaction may have dropped the event that it began with.
    const facts = { ...recording.facts, startedAt: index.startedAt, durationMs };
    sessions.push({ title: index.title, notes, events: recording.events, facts });
  }
  if (sessions.length === 0) throw new CasementError('case-unreadable', { reason: 'it holds no recording' });
  return sessions;
}
