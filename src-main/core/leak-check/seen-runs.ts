const size = 1 << 14;

/** Recognises runs that a text repeats: an export repeats the same few hundred many times. */
export class SeenRuns {
  /** The start and the end of a run, by its hash. */
  private readonly starts = new Int32Array(size).fill(-1);
  private readonly ends = new Int32Array(size);

  constructor(private readonly bytes: Uint8Array) {}

  isNew(start: number, end: number): boolean {
    const { bytes, starts, ends } = this;
    let sum = end - start;
    const summed = Math.min(end, start + 24);
    for (let at = start; at < summed; at++) sum = Math.imul(sum ^ (bytes[at] as number), 0x01000193);
    const slot = (sum ^ (sum >>> 15)) & (size - 1);
    const from = starts[slot] as number;
    const isSeen =
      from >= 0 && (ends[slot] as number) - from === end - start && this.areEqual(from, start, end - start);
    if (isSeen) return false;
    starts[slot] = start;
    ends[slot] = end;
    return true;
  }

  private areEqual(first: number, second: number, length: number): boolean {
    for (let at = 0; at < length; at++) if (this.bytes[first + at] !== this.bytes[second + at]) return false;
    return true;
  }
}
