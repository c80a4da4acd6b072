import type { Policy, RedactionReport } from '../../contract/policy';
import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { Note } from '../../contract/note';
import { clockOf, knownClock, type SessionClock } from '../../contract/shared/timeline-order';
import type { TimelineEntry } from '../../contract/timeline';
import { missingKinds, type MissingOnPage } from '../../contract/session';
import { DomModel, type ModelNode } from '../recording/model/dom-model';
import { MissingFileCount } from '../recording/model/missing-files';
import { createMemoryStore, type ScratchStore } from '../recording/normalise/normalise';
import { createEntityCollector, withLiterals, type Entities, type Literal } from '../redaction/entities';
import { createOriginalsCollector, type Originals } from '../leak-check';
import type { PageView } from '../redaction/page/page-view';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { createRedactor, relativeStart } from '../redaction/redact';
import type { SharedTexts } from '../redaction/shared-texts';
import type { MissingFacts, ReportNote, TimelineDocument } from '../timeline/formats';
import { createTimelineBuilder, mergeEntries } from '../timeline/build';
import { allowedBy } from './allowed-by';
import { createEntryRedaction, redactStored } from './entry-redaction';
import { withMaskedNotes } from './own-texts';
import { PageWriter, RecordingWriter, type RedactedRecording } from './redacted-recording';

/**
 * A session that is ready for export. Everything in it is redacted except `originals`, which only the gate reads, `entities`, with
 * which the texts of its case are redacted, `clock`, and the keys of `windows`.
 */
export interface PreparedExport {
  recording: RedactedRecording;
  /** The name of each window in the export, by its id in the recording. */
  windows: ReadonlyMap<string, string>;
  entries: TimelineEntry[];
  /** In the order of time. */
  notes: readonly Note[];
  report: RedactionReport;
  /** The session's start on the clock of the recording, ms. Entries and notes count from here, even if the first event was dropped. */
  zeroAt: number;
  /** Wall clock of the first event in ms, or null if it is unknown or the policy allows only relative times. */
  startedAt: number | null;
  /** The session's place among the others of an export, as recorded. Undefined if it is unknown. */
  clock: SessionClock | undefined;
  durationMs: number;
  /** True if entries may be left out because the user was in private fields or areas. */
  hasLeftOut: boolean;
  /** Files that pages refer to and that aren't in the recording, outside private areas. */
  missing?: MissingFacts[] | undefined;
  originals: Originals;
  /** The people and their values in the session. */
  entities: Entities;
}

/** The input of a timeline's writer. */
export type PreparedTimeline = Omit<
  PreparedExport,
  'recording' | 'windows' | 'entities' | 'clock' | 'entries' | 'notes'
> &
  Pick<TimelineDocument, 'entries' | 'sessions' | 'screenshots'> & { notes: readonly ReportNote[] };

export interface PrepareOptions {
  policy: Policy;
  notes: readonly Note[];
  /** Wall clock of the session's first event, ms. */
  startedAt: number;
  /** Default: the wall clock. */
  clock?: SessionClock | undefined;
  /** The thresholds of rage clicks, dead clicks, slow requests, idle times and gaps. */
  thresholds?: Partial<TimelineThresholds>;
  /** Entries about damaged parts, for which there are no events. */
  lost?: readonly TimelineEntry[];
  /** The timeline of a session from a case file. It is exported as it is, since its events are redacted already. */
  exported?: readonly TimelineEntry[] | undefined;
  /** Stores the redacted recording until it is written. Default: in memory. */
  scratch?: ScratchStore;
  /** Labels for private values, shared by all sessions of an export. Without them, found values become dots. */
  pseudonyms?: Pseudonyms | undefined;
  /** Texts that many users saw, if the policy keeps them readable and there is a vault to count in. */
  sharedTexts?: SharedTexts | undefined;
  /** Values to hide in addition to those that the recording's structure shows to be private: the leak gate found them. */
  literals?: readonly Literal[] | undefined;
  /** The private values of these events under this policy, if they were read before. Then the events are read once. */
  values?: SessionValues | undefined;
  /** False for exports that need the timeline only. The recording is then empty. Default: true. */
  hasRecording?: boolean;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
}

/**
 * Redacts a session. Its timeline is judged on the recorded events and quotes the redacted pages, so that it states what happened and never
 * says more than the recording beside it. The events are read twice, since a value that is private in one event is hidden in all events,
 * including earlier ones. Events may come from a disk; the thread is free between two chunks, so that the export can be cancelled.
 */
export async function prepareExport(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  { policy, notes, startedAt, thresholds = {}, lost = [], scratch = createMemoryStore(), ...options }: PrepareOptions,
): Promise<PreparedExport> {
  const { exported, clock = clockOf(startedAt), pseudonyms, sharedTexts, literals = [] } = options;
  const { hasRecording = true, signal, onProgress } = options;
  // The clock of a session from a case file may be hidden already. A date made of it would be false.
  const times = knownClock(startedAt) === null ? 'relative' : policy.times;
  const { entities: found, originals, count } = options.values ?? (await readSessionValues(events, policy, options));
  const entities = withLiterals(found, literals);
  const redactor = createRedactor({ ...policy, times }, { startedAt, entities, pseudonyms, sharedTexts });
  const writer = hasRecording ? new RecordingWriter(scratch) : new PageWriter(scratch);
  const redactedPages = new Map<string, DomModel>();
  const pageOf = (windowId: string): DomModel => redactedPages.get(windowId) ?? new DomModel();
  const redaction = createEntryRedaction(redactor, pageOf);
  const timeline = createTimelineBuilder({ times, startedAt, thresholds, redaction });
  const windows = new Map<string, string>();
  const missing = new MissingFileCount();
  let done = 0;
  let endedAt = startedAt;
  for await (const event of events) {
    signal?.throwIfAborted();
    const { page } = redactor.contextOf(event.windowId);
    page.model.reportFiles();
    for (const redacted of redactor.redact(event)) {
      windows.set(event.windowId, redacted.windowId);
      redactedPages.set(event.windowId, writer.add(redacted));
    }
    if (!exported) timeline.add(event, page.model);
    missing.add(event.windowId, event.event, page.model, (node) => isPublic(node, page));
    endedAt = event.event.timestamp;
    done++;
    if (done % progressStep !== 0) continue;
    await writer.flush();
    onProgress?.(halfOf(count + done));
  }
  for (const redacted of redactor.finish()) writer.add(redacted);
  onProgress?.(done);
  const wallStart = times === 'absolute' ? startedAt : null;
  const stored = redactStored(exported ?? lost, redactor, wallStart, exported !== undefined);
  const prepared = {
    recording: await writer.finish(),
    windows,
    entries: mergeEntries(exported ? [] : timeline.finish(), stored),
    notes: [],
    report: redactor.report(),
    zeroAt: times === 'relative' ? relativeStart : startedAt,
    startedAt: wallStart,
    clock,
    durationMs: endedAt - startedAt,
    hasLeftOut: redactor.hasVisited(),
    missing: missing.finish().map((onPage) => ({
      ...countMissing(onPage),
      page: redactor.contextOf(onPage.windowId).maskUrl(onPage.page),
    })),
    originals,
    entities,
  };
  return withMaskedNotes(prepared, notes, policy, pseudonyms);
}

/** Files of private areas and beside private fields don't count, because they may depend on what they hide. */
function isPublic(node: ModelNode, page: PageView): boolean {
  return page.isIncluded(node) && !page.targetOf(node).isPrivate && !page.visits.isAround(node);
}

function countMissing(onPage: MissingOnPage): Omit<MissingFacts, 'page'> {
  return { counts: Object.fromEntries(missingKinds.map((kind) => [kind, onPage[kind]?.count ?? 0])) };
}

/** Events between two reports of progress. */
const progressStep = 500;
/** Progress counts events, each of which is read twice. */
const halfOf = (count: number): number => Math.floor(count / 2);

/** The private values of a session, for the redactor and, independently, for the gate. */
export interface SessionValues {
  entities: Entities;
  originals: Originals;
  /** The number of events. */
  count: number;
}

/** The first pass over the events of a session. */
export async function readSessionValues(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  policy: Policy,
  { sharedTexts, signal, onProgress }: Pick<PrepareOptions, 'sharedTexts' | 'signal' | 'onProgress'>,
): Promise<SessionValues> {
  const entities = createEntityCollector();
  const originals = createOriginalsCollector(allowedBy(policy, sharedTexts));
  let count = 0;
  for await (const event of events) {
    signal?.throwIfAborted();
    entities.add(event);
    originals.add(event);
    if (++count % progressStep === 0) onProgress?.(halfOf(count));
  }
  return { entities: entities.finish(), originals: originals.finish(), count };
}
