import type { RecordedEvent } from '../../contract/recorded-event';
import { joinBytes } from './join-bytes';
import type { Pending } from './pending';

/** Where an external sort puts what doesn't fit into memory. What is written is the recording itself: keep it as safe. */
export interface RunStore {
  /** Resolves to a reference for `read`. */
  write(bytes: Uint8Array): Promise<number>;
  read(ref: number): Promise<Uint8Array>;
}

/** Runs are written and read in pieces of about this size; one piece of each run is in memory while they are merged. */
const blockBytes = 1 << 19;
const batchEvents = 512;
/** What an entry takes besides its text, in memory. */
const entryBytes = 100;

/** An entry on its way through the store: an event as text, parsed again when its turn comes. */
interface Entry {
  order: number;
  bytes: Uint8Array;
}

/** Sorts any number of events by time; those of one moment keep the order in which they came. Memory is one run, then one block a run. */
export class ExternalSort {
  private entries: Entry[] = [];
  private bytes = 0;
  private readonly runs: number[][] = [];
  private readonly codec = new EntryCodec();

  constructor(
    private readonly store: RunStore,
    private readonly runBytes: number,
  ) {}

  push(item: Pending): void {
    const bytes = this.codec.encode(item);
    this.entries.push({ order: item.order, bytes });
    this.bytes += bytes.length + entryBytes;
  }

  get isFull(): boolean {
    return this.bytes >= this.runBytes;
  }

  /** Writes a run out. Call it whenever `isFull`. */
  async writeRun(): Promise<void> {
    const refs: number[] = [];
    let block: Uint8Array[] = [];
    let size = 0;
    const write = async (): Promise<void> => {
      refs.push(await this.store.write(joinBytes(block)));
      block = [];
      size = 0;
    };
    for (const { bytes } of this.takeSorted()) {
      block.push(bytes);
      size += bytes.length;
      if (size >= blockBytes) await write();
    }
    if (size > 0) await write();
    this.runs.push(refs);
  }

  /** All that was pushed, in order. Call it once, at the end. */
  async *merge(): AsyncGenerator<Pending[]> {
    const readers: RunReader[] = [];
    for (const [index, refs] of this.runs.entries()) {
      const reader = new RunReader(index, refs, this.store);
      if (await reader.next()) readers.push(reader);
    }
    const last = new RunReader(this.runs.length, [], this.store, this.takeSorted());
    if (await last.next()) readers.push(last);
    const heap = new ReaderHeap(readers);

    let batch: Pending[] = [];
    for (let reader = heap.top; reader; reader = heap.top) {
      batch.push(this.codec.decode(reader.entry));
      // Waiting costs, even for what is there already.
      heap.settle(reader.nextInBlock() || (await reader.next()));
      if (batch.length < batchEvents) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  private takeSorted(): Entry[] {
    const sorted = this.entries.sort((a, b) => a.order - b.order);
    this.entries = [];
    this.bytes = 0;
    return sorted;
  }
}

/** Reads one run, entry by entry. */
class RunReader {
  order = 0;
  entry: Uint8Array = new Uint8Array();
  private block: Uint8Array = new Uint8Array();
  private position = 0;
  private nextRef = 0;
  private nextEntry = 0;

  constructor(
    readonly index: number,
    private readonly refs: readonly number[],
    private readonly store: RunStore,
    /** A run that was never written. */
    private readonly inMemory: readonly Entry[] = [],
  ) {}

  async next(): Promise<boolean> {
    if (this.nextInBlock()) return true;
    const ref = this.refs[this.nextRef++];
    if (ref === undefined) return false;
    this.block = await this.store.read(ref);
    this.position = 0;
    return this.nextInBlock();
  }

  nextInBlock(): boolean {
    const held = this.inMemory[this.nextEntry];
    if (held) {
      this.nextEntry++;
      this.order = held.order;
      this.entry = held.bytes;
      return true;
    }
    if (this.position >= this.block.length) return false;
    const view = new DataView(this.block.buffer, this.block.byteOffset + this.position);
    const length = view.getUint32(0);
    this.order = view.getFloat64(4);
    this.entry = this.block.subarray(this.position, this.position + length);
    this.position += length;
    return true;
  }
}

/** The readers, the one whose entry comes next on top; of equal times the earlier run comes first. */
class ReaderHeap {
  constructor(private readonly readers: RunReader[]) {
    for (let index = readers.length >> 1; index >= 0; index--) this.sink(index);
  }

  get top(): RunReader | undefined {
    return this.readers[0];
  }

  /** After the top reader moved on, or came to its end. */
  settle(hasMore: boolean): void {
    const last = hasMore ? undefined : this.readers.pop();
    if (last && this.readers.length > 0) this.readers[0] = last;
    this.sink(0);
  }

  private sink(from: number): void {
    const { readers } = this;
    for (let index = from; ;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < readers.length && this.isBefore(child, least)) least = child;
      }
      if (least === index) return;
      [readers[index], readers[least]] = [readers[least] as RunReader, readers[index] as RunReader];
      index = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const left = this.readers[a] as RunReader;
    const right = this.readers[b] as RunReader;
    return left.order < right.order || (left.order === right.order && left.index < right.index);
  }
}

const headBytes = 4 + 8 + 1 + 4;
const lostBytes = headBytes + 8 + 4;
const noWindow = 0xffff_ffff;

/** Entries as bytes: length, time, kind, window, then the event's text, or the time and reason of what was lost. */
class EntryCodec {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  encode(item: Pending): Uint8Array {
    const window = item.windowId === undefined ? noWindow : this.numberOf(item.windowId);
    if (item.kind === 'lost') {
      const { bytes, view } = open(lostBytes, item.order, 2, window);
      view.setFloat64(headBytes, item.at ?? Number.NaN);
      view.setUint32(headBytes + 8, this.numberOf(item.reason));
      return bytes;
    }
    const json = item.json ?? this.encoder.encode(JSON.stringify(item.event));
    const { bytes } = open(headBytes + json.length, item.order, item.json ? 0 : 1, window);
    bytes.set(json, headBytes);
    return bytes;
  }

  decode(bytes: Uint8Array): Pending {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const order = view.getFloat64(4);
    const kind = view.getUint8(12);
    const windowId = this.names[view.getUint32(13)];
    if (kind === 2) {
      const at = view.getFloat64(headBytes);
      const reason = this.names[view.getUint32(headBytes + 8)] ?? '';
      return { kind: 'lost', windowId, at: Number.isNaN(at) ? undefined : at, reason, order, bytes: 0 };
    }
    const json = bytes.subarray(headBytes);
    const event = JSON.parse(this.decoder.decode(json)) as RecordedEvent;
    const size = json.length;
    return { kind: 'event', windowId: windowId ?? '', event, json: kind === 0 ? json : undefined, order, bytes: size };
  }

  /** Windows and reasons are few. */
  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

function open(
  length: number,
  order: number,
  kind: number,
  window: number,
): { bytes: Uint8Array; view: DataView<ArrayBuffer> } {
  const buffer = new ArrayBuffer(length);
  const view = new DataView(buffer);
  view.setUint32(0, length);
  view.setFloat64(4, order);
  view.setUint8(12, kind);
  view.setUint32(13, window);
  return { bytes: new Uint8Array(buffer), view };
}
