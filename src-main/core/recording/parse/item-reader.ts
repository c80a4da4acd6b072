import type { RecordedEvent } from '../../../contract/recorded-event';
import { damageWords } from '../../../contract/words/recording';
import { isFiniteNumber, isRecord, type JsonRecord } from '../json';
import { EventDecoder } from './decode-event';
import type { EventSink } from './event-sink';
import { UnreadablePart, type FieldInflater } from './inflate';
import { isEvent, isHollow, isWindowPair, windowOf } from './shapes';

/** The deepest nesting of lists. The deepest known shape has segments of pages. */
export const listDepthLimit = 4;

/** Turns parsed items of any known shape into events. */
export class ItemReader {
  private readonly decoder: EventDecoder;

  constructor(
    inflater: FieldInflater,
    depthLimit: number,
    private readonly sink: EventSink,
  ) {
    this.decoder = new EventDecoder(inflater, depthLimit);
  }

  /** `json` is the text of the one event that the item is or holds, `bytes` the length of the item's text. */
  add(item: unknown, windowId: string, json: Uint8Array | undefined, bytes: number, level: number): void {
    if (isEvent(item)) this.addEvent(item, windowId, json, bytes);
    else if (typeof item === 'string') this.addPacked(item, windowId);
    else if (Array.isArray(item)) {
      const list = item as unknown[];
      if (isWindowPair(list)) this.add(list[1], list[0], json, bytes, level + 1);
      else if (level > listDepthLimit) this.sink.addLost(damageWords.notAnEvent, windowId);
      else this.addAll(list, windowId, bytes, level);
    } else if (isRecord(item) && Array.isArray(item.data) && level <= listDepthLimit && !isHollow(item)) {
      this.addAll(item.data as unknown[], windowOf(item) ?? windowId, bytes, level);
    } else this.sink.addLost(damageWords.notAnEvent, windowId);
  }

  /** Adds the items of a list whose text has this many bytes. */
  addAll(items: readonly unknown[], windowId: string, bytes: number, level: number): void {
    const each = Math.ceil(bytes / Math.max(1, items.length));
    for (const inner of items) this.add(inner, windowId, undefined, each, level + 1);
  }

  private addPacked(text: string, windowId: string): void {
    try {
      const { event, bytes } = this.decoder.unpack(text);
      if (isEvent(event)) this.addEvent(event, windowId, undefined, bytes);
      else this.sink.addLost(damageWords.notAnEvent, windowId);
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error;
      this.sink.addLost(error.reason, windowId);
    }
  }

  private addEvent(event: JsonRecord, windowId: string, json: Uint8Array | undefined, bytes: number): void {
    if (isBare(event)) {
      this.sink.addEvent(event as unknown as RecordedEvent, windowId, json, bytes);
      return;
    }
    const ownWindow = windowOf(event) ?? windowId;
    const { type, timestamp } = event;
    try {
      const { data, bytes: unfolded } = this.decoder.decodeData(event);
      const complete = { type: type as number, data, timestamp: timestamp as number };
      this.sink.addEvent(complete, ownWindow, undefined, bytes + unfolded);
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error;
      this.sink.addLost(error.reason, ownWindow, isFiniteNumber(timestamp) ? timestamp : undefined);
    }
  }
}

/** Returns whether an event has only its three standard parts. Other parts, which platforms add, don't belong to the recording. */
function isBare(event: JsonRecord): boolean {
  let parts = 0;
  for (const key in event) {
    if (key !== 'type' && key !== 'data' && key !== 'timestamp') return false;
    parts++;
  }
  return parts === 3;
}
