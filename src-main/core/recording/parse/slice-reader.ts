import { damageWords } from '../../../contract/words/recording';
import { isRecord } from '../json';
import type { ByteWindow } from './byte-window';
import { openBrace, openBracket } from './codes';
import type { EventSink } from './event-sink';
import type { ItemReader } from './item-reader';
import type { TextOutcome } from './outcome';
import { eventOfPair } from './peek';
import { describeItem, findShape, isEvent, onlyWindow } from './shapes';
import { SliceBatch } from './slice-batch';
import type { StructureCursor } from './structure-cursor';

/** A complete value whose text isn't JSON. */
export interface DamagedSlice {
  start: number;
  end: number;
  problem: 'not-utf8' | 'not-json';
  /** The number of values after it. */
  following: number;
}

/** Collects the text of complete values, parses many at once and passes them on in order. */
export class SliceReader {
  private readonly batch = new SliceBatch();

  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    private readonly reader: ItemReader,
    private readonly sink: EventSink,
    private readonly outcome: TextOutcome,
    /** Returns whether the parser has to read again from within the slice. The values collected after it are then dropped. */
    private readonly recover: (slice: DamagedSlice) => boolean,
  ) {}

  /** Adds a value. Returns false if it can't be parsed together with the previous ones, which have to be flushed first. */
  add(start: number, end: number): boolean {
    const { batch, cursor } = this;
    if (!batch.hasGapBefore(start)) return false;
    if (cursor.frame.kind === 'top') batch.separate(this.window.bytes, start);
    batch.add(start, end);
    return true;
  }

  get isFull(): boolean {
    return this.batch.isFull;
  }

  /** Parses the collected values and passes them on. Returns true if the parser went back to read a damaged slice again. */
  flush(): boolean {
    const { batch } = this;
    const { count } = batch;
    if (count === 0) return false;
    const { bytes } = this.window;
    const values = batch.parse(bytes);
    for (let index = 0; index < count; index++) {
      const start = batch.start(index);
      const end = batch.end(index);
      if (values) {
        this.deliver(values[index], start, end);
        continue;
      }
      const parsed = batch.parseOne(bytes, index);
      if (typeof parsed !== 'string') this.deliver(parsed.value, start, end);
      else {
        // Recovery may open the slice, which flushes again. The slice must be removed before that.
        const isReadAgain = this.recover({ start, end, problem: parsed, following: count - index - 1 });
        if (isReadAgain) return true;
      }
    }
    batch.clear();
    return false;
  }

  drop(): void {
    this.batch.clear();
  }

  private deliver(value: unknown, start: number, end: number): void {
    const { cursor, outcome } = this;
    const { frame } = cursor;
    const json = this.jsonOf(start, end);
    outcome.hasJson = true;
    if (frame.kind === 'list') {
      if (cursor.depth === 1) outcome.noteFormat(describeItem(value));
      this.reader.add(value, frame.windowId, json, end - start, frame.level);
    } else this.deliverTop(value, json, end - start);
  }

  /** Returns the text of the single event that a value is or contains. */
  private jsonOf(start: number, end: number): Uint8Array | undefined {
    const { bytes } = this.window;
    if (bytes[start] === openBrace) return bytes.subarray(start, end);
    const inner = bytes[start] === openBracket ? eventOfPair(bytes, start, end) : undefined;
    return inner && bytes.subarray(inner.from, inner.end);
  }

  /** Delivers a value of a sequence, which may be the only one. */
  private deliverTop(value: unknown, json: Uint8Array | undefined, size: number): void {
    const { outcome, reader } = this;
    if (isEvent(value) || typeof value === 'string' || Array.isArray(value)) {
      outcome.noteFormat(isEvent(value) ? 'event' : describeItem(value));
      reader.add(value, onlyWindow, json, size, 0);
      return;
    }
    const shape = findShape(value);
    if (!shape) {
      outcome.hasUnknownShape = true;
      this.sink.addLost(damageWords.notAnEvent, onlyWindow);
      return;
    }
    outcome.noteFormat(shape.format);
    if (isRecord(value)) outcome.noteTitle(value.title);
    for (const { windowId, items } of shape.lists) reader.addAll(items, windowId, size, 0);
  }
}
