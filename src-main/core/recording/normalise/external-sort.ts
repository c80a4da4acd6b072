import { concatBytes } from '../../bytes';

/** Where an external sort puts what doesn't fit into memory. What is written is the recording itself: keep it as safe. */
export interface ScratchStore {
  /** Resolves to a reference for `read`. */
  write(bytes: Uint8Array): Promise<number>;
  read(ref: number): Promise<Uint8Array>;
}

/** Runs are written and read in pieces of about this size; one piece of each run is in memory while they are merged. */
const blockBytes = 1 << 19;
const batchItems = 512;
/** What an entry takes besides its text, in memory. */
const entryBytes = 100;

/** How what is sorted becomes bytes, framed by `openFrame`, and is made again of them when its turn comes. */
export interface SortCodec<Item> {
  encode(item: Item): Uint8Array;
  decode(bytes: Uint8Array): Item;
}

/** An entry on its way through the store. */
interface Entry {
  order: number;
  bytes: Uint8Array;
}

/** Sorts any number of items by time; those of one moment keep the order in which they came. Memory is one run, then one block a run. */
export class ExternalSort<Item> {
  private entries: Entry[] = [];
  private bytes = 0;
  private readonly runs: number[][] = [];

  constructor(
    private readonly store: ScratchStore,
    private readonly runBytes: number,
    private readonly codec: SortCodec<Item>,
  ) {}

  push(item: Item): void {
    const bytes = this.codec.encode(item);
    this.entries.push({ order: readFrame(bytes).order, bytes });
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
      refs.push(await this.store.write(concatBytes(block)));
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
  async *merge(): AsyncGenerator<Item[]> {
    const readers: RunReader[] = [];
    for (const [index, refs] of this.runs.entries()) {
      const reader = new RunReader(index, refs, this.store);
      if (await reader.next()) readers.push(reader);
    }
    const last = new RunReader(this.runs.length, [], this.store, this.takeSorted());
    if (await last.next()) readers.push(last);
    const heap = new ReaderHeap(readers);

    let batch: Item[] = [];
    for (let reader = heap.top; reader; reader = heap.top) {
      batch.push(this.codec.decode(reader.entry));
      // Waiting costs, even for what is there already.
      heap.settle(reader.nextInBlock() || (await reader.next()));
      if (batch.length < batchItems) continue;
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
    private readonly store: ScratchStore,
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

/** The length of an entry and its time: what the sort itself reads of it. */
export const frameBytes = 4 + 8;

/** An entry to be filled behind its frame. `length` counts that, too. */
export function openFrame(length: number, order: number): { bytes: Uint8Array; view: DataView<ArrayBuffer> } {
  const buffer = new ArrayBuffer(length);
  const view = new DataView(buffer);
  view.setUint32(0, length);
  view.setFloat64(4, order);
  return { bytes: new Uint8Array(buffer), view };
}

/** The time of an entry, and what is behind its frame. */
export function readFrame(bytes: Uint8Array): { order: number; view: DataView; body: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { order: view.getFloat64(4), view, body: bytes.subarray(frameBytes) };
}
