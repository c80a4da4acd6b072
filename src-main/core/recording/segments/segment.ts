import type { RecordedEvent } from '../../../contract/recorded-event';

/**
 * A stretch of one window of a session that can be replayed by itself: what the vault stores and a seek reads.
 * Its content is the UTF-8 JSON text of an array of events.
 */
export interface Segment {
  windowId: string;
  /** The recorder's clock, ms: the segment's first event, and its last. */
  startMs: number;
  endMs: number;
  /** Recorded events in it; those of the keyframe are not counted. */
  events: number;
  /** Of its JSON text. */
  bytes: number;
  /**
   * How many events at its beginning Casement made, all at `startMs`, so that a Replayer finds the page as it was; 0 where the window's
   * recording begins. They are no part of the recording.
   */
  keyframe: number;
}

const decoder = new TextDecoder();

/** All events of a segment's text, those of its keyframe first. The text is Casement's own; what isn't JSON throws. */
export function readSegmentText(json: Uint8Array): RecordedEvent[] {
  return JSON.parse(decoder.decode(json)) as RecordedEvent[];
}

/** Segments of each window, in their order; the windows in the order in which they first appear. */
export function groupByWindow<S extends Pick<Segment, 'windowId'>>(segments: readonly S[]): Map<string, S[]> {
  const windows = new Map<string, S[]>();
  for (const segment of segments) {
    const window = windows.get(segment.windowId);
    if (window) window.push(segment);
    else windows.set(segment.windowId, [segment]);
  }
  return windows;
}
