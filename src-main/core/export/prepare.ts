import type { Policy, RedactionReport } from '../../contract/policy';
import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import { DomModel } from '../recording/dom-model';
import { createOriginalsCollector, type Originals } from '../redaction/leak-check';
import { createRedactor, relativeStart } from '../redaction/redact';
import { createTimelineBuilder } from '../timeline/build';
import { mergeNotes } from '../timeline/notes';

/** A session as it may leave: everything in here is redacted but `originals`, which only the gate reads. */
export interface PreparedExport {
  events: SessionEvent[];
  entries: TimelineEntry[];
  notes: readonly Note[];
  report: RedactionReport;
  /** The session's start on the clock of `events`, ms: entries and notes count from here, whichever event was dropped. */
  zeroAt: number;
  /** Wall clock of the first event in ms, or null where the policy gives relative times only. */
  startedAt: number | null;
  durationMs: number;
  originals: Originals;
}

export interface PrepareOptions {
  policy: Policy;
  notes: readonly Note[];
  /** Wall clock of the session's first event, ms. */
  startedAt: number;
  /** When something counts as what in the timeline. */
  thresholds?: Partial<TimelineThresholds>;
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/**
 * Redacts a session and writes its timeline from what is left, so that a timeline can never say more than the recording beside it.
 * The events may come from a disk: between two chunks the caller's thread is free, which is where a cancel gets through.
 */
export async function prepareExport(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  { policy, notes, startedAt, thresholds = {}, signal, onProgress }: PrepareOptions,
): Promise<PreparedExport> {
  const redactor = createRedactor(policy, { startedAt });
  const collector = createOriginalsCollector();
  const zeroAt = policy.times === 'relative' ? relativeStart : startedAt;
  const timeline = createTimelineBuilder({ times: policy.times, startedAt: zeroAt, thresholds });
  // The pages as they leave: a name is read where it was redacted.
  const models = new Map<string, DomModel>();
  const kept: SessionEvent[] = [];
  const keep = (redacted: SessionEvent): void => {
    kept.push(redacted);
    let model = models.get(redacted.windowId);
    if (!model) models.set(redacted.windowId, (model = new DomModel()));
    model.apply(redacted.event);
    timeline.add(redacted, model);
  };
  let done = 0;
  let endedAt = startedAt;
  for await (const event of events) {
    signal?.throwIfAborted();
    collector.add(event);
    redactor.redact(event).forEach(keep);
    endedAt = event.event.timestamp;
    done++;
    if (done % 500 === 0) onProgress?.(done);
  }
  redactor.finish().forEach(keep);
  onProgress?.(done);
  const wallStart = policy.times === 'absolute' ? startedAt : null;
  return {
    events: kept,
    entries: mergeNotes(timeline.finish(), notes, wallStart),
    notes,
    report: redactor.report(),
    zeroAt,
    startedAt: wallStart,
    durationMs: endedAt - startedAt,
    originals: collector.finish(),
  };
}
