import type { Policy, RedactionReport } from '../../contract/policy';
import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import { createMemoryStore, type ScratchStore } from '../recording/normalise/normalise';
import { createEntityCollector, type Entities } from '../redaction/entities';
import { createOriginalsCollector, type Allowed, type Originals } from '../leak-check';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { createRedactor, relativeStart } from '../redaction/redact';
import type { SharedTexts } from '../redaction/shared-texts';
import type { ReportNote, TimelineDocument } from '../timeline/formats';
import { createTimelineBuilder } from '../timeline/build';
import { mergeNotes } from '../timeline/notes';
import { allowedBy } from './allowed-by';
import { RecordingWriter, type RedactedRecording } from './redacted-recording';

/**
 * A session as it may leave: everything in here is redacted but `originals`, which only the gate reads, `entities`, by which what leaves
 * beside it is redacted, and the keys of `windows`.
 */
export interface PreparedExport {
  recording: RedactedRecording;
  /** What each recorded window is called in what leaves. Its keys are the recording's own. */
  windows: ReadonlyMap<string, string>;
  entries: TimelineEntry[];
  /** In the order of time. */
  notes: readonly Note[];
  report: RedactionReport;
  /** The session's start on the clock of the recording, ms: entries and notes count from here, whichever event was dropped. */
  zeroAt: number;
  /** Wall clock of the first event in ms, or null where the policy gives relative times only. */
  startedAt: number | null;
  durationMs: number;
  originals: Originals;
  /** Whose values the session holds. */
  entities: Entities;
}

/** What a timeline is written from. */
export type PreparedTimeline = Omit<PreparedExport, 'recording' | 'windows' | 'entities' | 'notes'> &
  Pick<TimelineDocument, 'sessions' | 'pictures'> & { notes: readonly ReportNote[] };

export interface PrepareOptions {
  policy: Policy;
  notes: readonly Note[];
  /** Wall clock of the session's first event, ms. */
  startedAt: number;
  /** When something counts as what in the timeline. */
  thresholds?: Partial<TimelineThresholds>;
  /** Where the recording lies until it is written; in memory where nothing is said. */
  scratch?: ScratchStore;
  /** Names for private values, shared by all sessions that leave together; without them found values become dots. */
  pseudonyms?: Pseudonyms | undefined;
  /** What many people saw, where the policy lets that stay and there is a vault to count in. */
  sharedTexts?: SharedTexts | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
}

/**
 * Redacts a session and writes its timeline from what is left, so that a timeline can never say more than the recording beside it.
 * The events are gone through twice: what is somebody's in one place is hidden in all others, also in those that came before.
 * They may come from a disk: between two chunks the caller's thread is free, which is where a cancel gets through.
 */
export async function prepareExport(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  { policy, notes, startedAt, thresholds = {}, scratch = createMemoryStore(), ...options }: PrepareOptions,
): Promise<PreparedExport> {
  const { pseudonyms, sharedTexts, signal, onProgress } = options;
  const allowed = allowedBy(policy, sharedTexts);
  const { entities, originals, count } = await readPrivateValues(events, allowed, { signal, onProgress });
  const redactor = createRedactor(policy, { startedAt, entities, pseudonyms, sharedTexts });
  const zeroAt = policy.times === 'relative' ? relativeStart : startedAt;
  const timeline = createTimelineBuilder({ times: policy.times, startedAt: zeroAt, thresholds });
  const writer = new RecordingWriter(scratch);
  // A name is read where it was redacted: from the page as it leaves.
  const keep = (redacted: SessionEvent): void => timeline.add(redacted, writer.add(redacted));
  const windows = new Map<string, string>();
  let done = 0;
  let endedAt = startedAt;
  for await (const event of events) {
    signal?.throwIfAborted();
    for (const redacted of redactor.redact(event)) {
      windows.set(event.windowId, redacted.windowId);
      keep(redacted);
    }
    endedAt = event.event.timestamp;
    done++;
    if (done % progressStep !== 0) continue;
    await writer.flush();
    onProgress?.(halfOf(count + done));
  }
  redactor.finish().forEach(keep);
  onProgress?.(done);
  const wallStart = policy.times === 'absolute' ? startedAt : null;
  return {
    recording: await writer.finish(),
    windows,
    entries: mergeNotes(timeline.finish(), notes, wallStart),
    notes: [...notes].sort((a, b) => a.atMs - b.atMs),
    report: redactor.report(),
    zeroAt,
    startedAt: wallStart,
    durationMs: endedAt - startedAt,
    originals,
    entities,
  };
}

/** Between two reports of progress. */
const progressStep = 500;
/** Progress counts events, and each is read twice. */
const halfOf = (count: number): number => Math.floor(count / 2);

/** The first time through: what the redactor has to know of, and, in its own way, the gate. */
async function readPrivateValues(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  allowed: Allowed,
  { signal, onProgress }: Pick<PrepareOptions, 'signal' | 'onProgress'>,
): Promise<{ entities: Entities; originals: Originals; count: number }> {
  const entities = createEntityCollector();
  const originals = createOriginalsCollector(allowed);
  let count = 0;
  for await (const event of events) {
    signal?.throwIfAborted();
    entities.add(event);
    originals.add(event);
    if (++count % progressStep === 0) onProgress?.(halfOf(count));
  }
  return { entities: entities.finish(), originals: originals.finish(), count };
}
