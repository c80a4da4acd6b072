import type { RecordedEvent } from '../../../contract/recorded-event';

/**
 * A part of one window's events that can be replayed alone. The vault stores it, and a seek reads one.
 * Its content is the UTF-8 JSON text of an array of events.
 */
export interface Segment {
  windowId: string;
  /** The times of the segment's first and last event by the recorder's clock, ms. */
  startMs: number;
  endMs: number;
  /** Number of recorded events, without those of the keyframe. */
  events: number;
  /** Length of its JSON text. */
  bytes: number;
  /**
   * Number of events at its beginning that Casement wrote to restore the page, all at `startMs`; 0 at the beginning of a window's
   * recording. They are not part of the recording.
   */
  keyframe: number;
}

const decoder = new TextDecoder();

/** Reads all events of a segment, those of its keyframe first. Throws if the text, which Casement wrote, isn't JSON. */
export function readSegmentText(json: Uint8Array): RecordedEvent[] {
  return JSON.parse(decoder.decode(json)) as RecordedEvent[];
}

/** Groups segments by window. Windows are in the order of their first segment. */
export function groupByWindow<S extends Pick<Segment, 'windowId'>>(segments: readonly S[]): Map<string, S[]> {
  const windows = new Map<string, S[]>();
  for (const segment of segments) {
    const window = windows.get(segment.windowId);
    if (window) window.push(segment);
    else windows.set(segment.windowId, [segment]);
  }
  return windows;
}
