import type { RecordedEvent } from '../../contract/recorded-event';
import { findSegment } from '../../contract/shared/segment-search';
import type { NormalisedItem } from '../recording/normalise/normalise';
import { groupByWindow, readSegmentText, type Segment } from '../recording/segments/segment';

/** A delivery contains events that belong between stored ones, so appending isn't enough. */
export class LateEvents extends Error {
  constructor() {
    super('events belong in the middle of what is stored');
  }
}

interface KnownWindow {
  segments: readonly Segment[];
  /** Number of delivered events in each segment except the last. */
  delivered: number[];
  /** The texts of the last segment's events. */
  tail: Set<string>;
}

/**
 * Separates the new events of a delivery from stored ones. Platforms deliver the last events again, or the entire recording. Events of
 * each window's last segment are compared by their text; earlier ones are counted, so that an additional one is noticed.
 */
export class KnownEvents {
  private readonly windows = new Map<string, KnownWindow>();

  constructor(segments: readonly Segment[]) {
    for (const [windowId, ofWindow] of groupByWindow(segments)) {
      this.windows.set(windowId, { segments: ofWindow, delivered: [], tail: new Set() });
    }
  }

  /** Call for the last segment of each window. */
  addTail(segment: Segment, json: Uint8Array): void {
    const tail = this.windows.get(segment.windowId)?.tail;
    for (const event of readSegmentText(json).slice(segment.keyframe)) tail?.add(textOf(event));
  }

  /** Returns the new items. Throws LateEvents. */
  takeNew(items: readonly NormalisedItem[]): NormalisedItem[] {
    return items.filter((item) => {
      const window = item.windowId === undefined ? undefined : this.windows.get(item.windowId);
      const last = window?.segments.at(-1);
      if (item.kind === 'lost') return item.at !== undefined && (!last || item.at > last.endMs);
      if (!window || !last) return true;
      const { event } = item;
      if (event.timestamp < last.startMs) {
        const index = findSegment(window.segments, event.timestamp);
        const count = (window.delivered[index] = (window.delivered[index] ?? 0) + 1);
        if (count > (window.segments[index]?.events ?? 0)) throw new LateEvents();
        return false;
      }
      if (window.tail.has(textOf(event))) return false;
      if (event.timestamp < last.endMs) throw new LateEvents();
      return true;
    });
  }
}

function textOf({ type, data, timestamp }: RecordedEvent): string {
  return JSON.stringify([type, timestamp, data]);
}
