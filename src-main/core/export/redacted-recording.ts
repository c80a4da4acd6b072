import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import type { PackedRecording, PackedSegment } from '../casefile/entries';
import { SegmentCutter, type FinishedSegment } from '../import/segment-cutter';
import { DomModel } from '../recording/model/dom-model';
import { EventType } from '../recording/events';
import { mergeWindows } from '../recording/segments/merge-windows';
import type { ScratchStore } from '../recording/normalise/normalise';

const decoder = new TextDecoder();

/** A redacted recording in segments that begin with keyframes of the redacted pages. It is kept in a store, not in memory. */
export class RedactedRecording implements PackedRecording {
  constructor(
    readonly segments: readonly PackedSegment[],
    private readonly scratch: ScratchStore,
  ) {}

  read({ ref }: Pick<PackedSegment, 'ref'>): Promise<Uint8Array> {
    return this.scratch.read(ref);
  }

  /** Returns the JSON of a segment's recorded events, one after another with commas between them. */
  async readText(segment: PackedSegment): Promise<string> {
    return decoder.decode((await this.read(segment)).subarray(segment.eventsAt, -1));
  }

  /** The redacted events in the order of time, without those of keyframes. Can be read more than once. */
  events(): AsyncIterable<SessionEvent> {
    return mergeWindows(this.segments, (segment) => this.read(segment));
  }
}

interface OpenWindow {
  model: DomModel;
  cutter: SegmentCutter;
  /** The first redacted events of the segment that is being written, at most two. */
  firstEvents: RecordedEvent[];
}

/** Follows the redacted pages without storing anything, for exports that only need the names on them. */
export class PageWriter {
  private readonly pages = new Map<string, DomModel>();

  constructor(private readonly scratch: ScratchStore) {}

  /** Takes the next event and returns the page of its window with the event applied. */
  add({ windowId, event }: SessionEvent): DomModel {
    let page = this.pages.get(windowId);
    if (!page) this.pages.set(windowId, (page = new DomModel()));
    page.apply(event);
    return page;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  finish(): Promise<RedactedRecording> {
    return Promise.resolve(new RedactedRecording([], this.scratch));
  }
}

/** Cuts redacted events into segments as they are produced. */
export class RecordingWriter {
  private readonly windows = new Map<string, OpenWindow>();
  private readonly segments: PackedSegment[] = [];
  private finished: (FinishedSegment & { startsWithPage: boolean })[] = [];

  constructor(private readonly scratch: ScratchStore) {}

  /** Takes the next event and returns the page of its window with the event applied. */
  add({ windowId, event }: SessionEvent): DomModel {
    const { model, cutter, firstEvents } = this.windows.get(windowId) ?? this.openWindow(windowId);
    cutter.add(event, undefined);
    if (firstEvents.length < 2) firstEvents.push(event);
    model.apply(event);
    return model;
  }

  /** Stores the finished segments. Call it regularly to keep memory use constant. Throws the errors of the store. */
  async flush(): Promise<void> {
    const finished = this.finished;
    this.finished = [];
    for (const { segment, json, ...rest } of finished)
      this.segments.push({ ...segment, ...rest, ref: await this.scratch.write(json) });
  }

  async finish(): Promise<RedactedRecording> {
    for (const { cutter } of this.windows.values()) cutter.finish();
    await this.flush();
    return new RedactedRecording(
      this.segments.sort((a, b) => a.startMs - b.startMs),
      this.scratch,
    );
  }

  private openWindow(windowId: string): OpenWindow {
    const model = new DomModel();
    const firstEvents: RecordedEvent[] = [];
    const cutter = new SegmentCutter(windowId, model, (finished) => {
      this.finished.push({ ...finished, startsWithPage: finished.segment.keyframe > 0 || startsWithPage(firstEvents) });
      firstEvents.length = 0;
    });
    const window = { model, cutter, firstEvents };
    this.windows.set(windowId, window);
    return window;
  }
}

/** Returns true if a replay can begin with these events: the first is a full snapshot, or the Meta event before one. */
function startsWithPage([first, second]: readonly RecordedEvent[]): boolean {
  if (first?.type === EventType.FullSnapshot) return true;
  return first?.type === EventType.Meta && second?.type === EventType.FullSnapshot;
}
