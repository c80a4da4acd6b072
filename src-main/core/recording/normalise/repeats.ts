import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource } from '../events';
import { isRecord } from '../json';

/** The amount of text with one timestamp that is kept for comparison. More text than this isn't an overlap between batches. */
const momentChars = 8_000_000;

/**
 * Detects repeated events: the batches that platforms deliver overlap. Only an event with identical text, the same timestamp and the same
 * window counts as repeated.
 */
export class RepeatFilter {
  private at: number | undefined;
  /** The first event with the current timestamp; usually it is the only one. */
  private lone: { windowId: string; event: RecordedEvent } | undefined;
  private readonly firsts = new Map<string, RecordedEvent>();
  private readonly texts = new Set<string>();
  private chars = 0;

  /** Returns whether the event is a repeat. Call with events in order of time. */
  isRepeated(windowId: string, event: RecordedEvent): boolean {
    if (setsState(event)) return false;
    if (event.timestamp !== this.at || this.chars > momentChars) {
      this.at = event.timestamp;
      this.lone = { windowId, event };
      this.chars = 0;
      if (this.firsts.size > 0) this.firsts.clear();
      if (this.texts.size > 0) this.texts.clear();
      return false;
    }
    if (this.lone) this.firsts.set(`${this.lone.windowId} ${kindNumber(this.lone.event)}`, this.lone.event);
    this.lone = undefined;
    // Serializing an event is expensive, so it is only done for a second event of its kind in the same millisecond.
    const kind = `${windowId} ${kindNumber(event)}`;
    const first = this.firsts.get(kind);
    if (!first) {
      this.firsts.set(kind, event);
      return false;
    }
    this.keep(`${kind} ${JSON.stringify(first.data)}`);
    const text = `${kind} ${JSON.stringify(event.data)}`;
    const isRepeated = this.texts.has(text);
    if (!isRepeated) this.keep(text);
    return isRepeated;
  }

  private keep(text: string): void {
    if (this.texts.has(text)) return;
    this.texts.add(text);
    this.chars += text.length;
  }
}

/** Returns a number for an event's kind, from its type or its source. */
export function kindNumber({ type, data }: RecordedEvent): number {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return -1 - type;
  return data.source as number;
}

/** Returns whether an event only sets state. Recorders do write such events twice, and applying one again changes nothing. */
function setsState({ type, data }: RecordedEvent): boolean {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return false;
  const { source } = data;
  if (source === IncrementalSource.Input || source === IncrementalSource.Scroll) return true;
  return source === IncrementalSource.Mutation && isEmptyList(data.adds) && isEmptyList(data.removes);
}

function isEmptyList(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}
