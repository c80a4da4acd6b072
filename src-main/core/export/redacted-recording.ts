import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import { SegmentCutter, type FinishedSegment } from '../import/segment-cutter';
import { DomModel } from '../recording/model/dom-model';
import { EventType } from '../recording/events';
import { mergeWindows } from '../recording/segments/merge-windows';
import type { RunStore } from '../recording/normalise/normalise';
import type { Segment } from '../recording/segments/segment';

type KeptSegment = Segment & { ref: number };

/** A recording as it leaves, in segments that begin with keyframes of the redacted pages. It lies in a store, not in memory. */
export class RedactedRecording {
  constructor(
    /** Of all windows, in the order in which they begin. */
    readonly segments: readonly KeptSegment[],
    private readonly runs: RunStore,
  ) {}

  /** The UTF-8 JSON of a segment's events. */
  read({ ref }: Pick<KeptSegment, 'ref'>): Promise<Uint8Array> {
    return this.runs.read(ref);
  }

  /** Without what was made for keyframes, in the order of time. Can be read as often as wanted. */
  events(): AsyncIterable<SessionEvent> {
    return mergeWindows(this.segments, (segment) => this.read(segment));
  }
}

/** Cuts redacted events into segments while they are made. */
export class RecordingWriter {
  private readonly windows = new Map<string, { model: DomModel; cutter: SegmentCutter }>();
  private readonly segments: KeptSegment[] = [];
  private finished: FinishedSegment[] = [];

  constructor(private readonly runs: RunStore) {}

  /** Takes the next event and returns its window's page as it is then. */
  add({ windowId, event }: SessionEvent): DomModel {
    const { model, cutter } = this.windows.get(windowId) ?? this.openWindow(windowId);
    cutter.add(event, undefined);
    model.apply(event);
    return model;
  }

  /** Puts away what is finished; call it now and then, so that it doesn't pile up. Errors: those of the store. */
  async flush(): Promise<void> {
    const finished = this.finished;
    this.finished = [];
    for (const { segment, json } of finished) this.segments.push({ ...segment, ref: await this.runs.write(json) });
  }

  async finish(): Promise<RedactedRecording> {
    for (const { cutter } of this.windows.values()) cutter.finish();
    await this.flush();
    return new RedactedRecording(
      this.segments.sort((a, b) => a.startMs - b.startMs),
      this.runs,
    );
  }

  private openWindow(windowId: string): { model: DomModel; cutter: SegmentCutter } {
    const model = new DomModel();
    const cutter = new SegmentCutter(windowId, model, (segment) => this.finished.push(segment));
    const window = { model, cutter };
    this.windows.set(windowId, window);
    return window;
  }
}

/** Whether a replay can begin with these events: the first is a full snapshot, or the Meta before one. */
export function startsWithPage([first, second]: readonly RecordedEvent[]): boolean {
  if (first?.type === EventType.FullSnapshot) return true;
  return first?.type === EventType.Meta && second?.type === EventType.FullSnapshot;
}
