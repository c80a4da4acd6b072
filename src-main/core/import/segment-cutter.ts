import type { RecordedEvent } from '../../contract/recorded-event';
import type { DomModel } from '../recording/model/dom-model';
import { EventType } from '../recording/events';
import { writeKeyframe } from '../recording/segments/keyframe';
import { readMeta } from '../recording/page-size';
import type { Segment } from '../recording/segments/segment';
import { SegmentText } from './segment-text';

/**
 * The length of a segment. A seek rebuilds the keyframe's page and applies on average half of the segment's events, so both are
 * kept short. A keyframe of a large page is only worth its bytes if its events have at least this share of them.
 */
const fullAtEvents = 1500;
const fullAtBytes = 700_000;
const keyframeShare = 0.7;
/** From this share of a full segment on, a recorded full snapshot starts a new segment, because it is a free keyframe. */
const snapshotShare = 0.25;
/** Segments are cut between two timestamps. Beyond this share, they are also cut between events with the same timestamp. */
const overfull = 4;

export interface FinishedSegment {
  segment: Segment;
  json: Uint8Array;
  /** The offset in `json` of the first recorded event, after those of the keyframe. */
  eventsAt: number;
}

/** Cuts the events of one window into segments. */
export class SegmentCutter {
  private readonly text = new SegmentText();
  private open: Segment | undefined;
  private keyframeBytes = 0;

  constructor(
    private readonly windowId: string,
    private readonly model: DomModel,
    private readonly emit: (finished: FinishedSegment) => void,
  ) {}

  /** Continues the last segment of an earlier import. Its events have already been applied to the model. */
  reopen(segment: Segment, json: Uint8Array): void {
    this.text.reopen(json);
    this.open = { ...segment };
  }

  /** Call before the event is applied to the model: a keyframe shows the page as it was until then. */
  add(event: RecordedEvent, json: Uint8Array | undefined): void {
    if (this.open && this.isFull(this.open, event)) this.finish();
    this.open ??= this.begin(event);
    if (json) this.text.add(json);
    else this.text.addValue(event);
    this.open.events++;
    this.open.endMs = event.timestamp;
  }

  finish(): void {
    if (!this.open) return;
    const json = this.text.finish();
    this.emit({ segment: { ...this.open, bytes: json.length }, json, eventsAt: this.keyframeBytes });
    this.open = undefined;
  }

  private isFull(open: Segment, next: RecordedEvent): boolean {
    const share = Math.max(
      open.events / fullAtEvents,
      (this.text.bytes - this.keyframeBytes) / Math.max(fullAtBytes, keyframeShare * this.keyframeBytes),
    );
    if (share >= overfull) return true;
    if (next.timestamp === open.endMs) return false;
    // A snapshot leaves out a part of such a page. Only what precedes it shows whether that part is still there.
    const isSnapshot = next.type === EventType.Meta || next.type === EventType.FullSnapshot;
    if (isSnapshot && this.model.hasStateBesideSnapshot) return false;
    return share >= (next.type === EventType.FullSnapshot ? snapshotShare : 1);
  }

  private begin(event: RecordedEvent): Segment {
    const startMs = event.timestamp;
    // A full snapshot contains its page, but not the page's address and size.
    const keyframe = writeKeyframe(this.model, startMs).filter(
      (made) => event.type !== EventType.FullSnapshot || readMeta(made) !== undefined,
    );
    for (const made of keyframe) this.text.addValue(made);
    this.keyframeBytes = this.text.bytes;
    return { windowId: this.windowId, startMs, endMs: startMs, events: 0, bytes: 0, keyframe: keyframe.length };
  }
}
