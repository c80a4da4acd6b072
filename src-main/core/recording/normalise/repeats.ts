import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource } from '../events';
import { isRecord } from '../json';

/** As much text of one moment is kept to be compared; a moment with more is no seam between two batches. */
const momentChars = 8_000_000;

/**
 * Platforms deliver the seams between two batches twice. Only what is the same to the last letter, at the same millisecond and in the
 * same window, is taken for the same event.
 */
export class RepeatFilter {
  private at: number | undefined;
  /** The moment's first event; most moments have no second. */
  private lone: { windowId: string; event: RecordedEvent } | undefined;
  private readonly firsts = new Map<string, RecordedEvent>();
  private readonly texts = new Set<string>();
  private chars = 0;

  /** Takes events in the order of time. */
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
    // Writing an event out is dear: it is only done where a second one of its kind falls into the same millisecond.
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

/** A number for the kind that an event is, its type's or its source's. */
export function kindNumber({ type, data }: RecordedEvent): number {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return -1 - type;
  return data.source as number;
}

/** Recorders do write such events twice, and applying one again changes nothing. */
function setsState({ type, data }: RecordedEvent): boolean {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return false;
  const { source } = data;
  if (source === IncrementalSource.Input || source === IncrementalSource.Scroll) return true;
  return source === IncrementalSource.Mutation && isEmptyList(data.adds) && isEmptyList(data.removes);
}

function isEmptyList(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}
