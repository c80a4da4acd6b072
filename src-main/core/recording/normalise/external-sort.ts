import { concatBytes } from '../../bytes';

/** Storage for the runs of an external sort. They are parts of the recording, so protect them as well as the recording. */
export interface ScratchStore {
  /** Resolves to a reference for `read`. */
  write(bytes: Uint8Array): Promise<number>;
  read(ref: number): Promise<Uint8Array>;
}

/** Runs are written and read in blocks of about this size. A merge has one block of each run in memory. */
const blockBytes = 1 << 19;
const batchItems = 512;
/** The memory overhead of an entry besides its text, in bytes. */
const entryBytes = 100;

/** Converts items to bytes that begin with a frame of `openFrame`, and back. */
export interface SortCodec<Item> {
  encode(item: Item): Uint8Array;
  decode(bytes: Uint8Array): Item;
}

/** An encoded item. */
interface Entry {
  order: number;
  bytes: Uint8Array;
}

/** Sorts any number of items by time. The sort is stable. Its memory is one run, then one block per run. */
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

  /** Writes a run to the store. Call whenever `isFull`. */
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

  /** Yields all pushed items in order. Call once, at the end. */
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
      // Even an await of a resolved promise costs time.
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
    /** The entries of a run that was never written. */
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

/** A heap of readers with the next entry on top. Ties are broken by the order of runs. */
class ReaderHeap {
  constructor(private readonly readers: RunReader[]) {
    for (let index = readers.length >> 1; index >= 0; index--) this.sink(index);
  }

  get top(): RunReader | undefined {
    return this.readers[0];
  }

  /** Call after the top reader has advanced or ended. */
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

/** The frame of an entry: its length and its time, which the sort itself reads. */
export const frameBytes = 4 + 8;

/** Creates an entry whose content is still to be written after its frame. `length` includes the frame. */
export function openFrame(length: number, order: number): { bytes: Uint8Array; view: DataView<ArrayBuffer> } {
  const buffer = new ArrayBuffer(length);
  const view = new DataView(buffer);
  view.setUint32(0, length);
  view.setFloat64(4, order);
  return { bytes: new Uint8Array(buffer), view };
}

/** Reads the time of an entry and its content after the frame. */
export function readFrame(bytes: Uint8Array): { order: number; view: DataView; body: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { order: view.getFloat64(4), view, body: bytes.subarray(frameBytes) };
}
