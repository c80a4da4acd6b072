import type { Block } from './blocks';

const digitsOfMs = 13;
const digitZero = 0x30;
const digitNine = 0x39;

/**
 * Sees which blocks came. A batch in which PostHog could not read a block is sent without it and without a word, status 200. But the
 * list tells the times of each block's first and last event, and they stand in its bytes. So the stream is looked through for
 * these digits; it is not parsed. A block of which neither is there is taken for missing.
 */
export class BlockWatch {
  private readonly wanted = new Set<number>();
  private readonly found = new Set<number>();
  private value = 0;
  private digits = 0;

  constructor(private readonly blocks: readonly Block[]) {
    for (const { startMs, endMs } of blocks) {
      if (startMs !== undefined) this.wanted.add(startMs);
      if (endMs !== undefined) this.wanted.add(endMs);
    }
  }

  /** The next bytes; a number may go over from one call to the next. */
  see(bytes: Uint8Array): void {
    const { length } = bytes;
    let at = this.digits === 0 ? nextNumber(bytes, 0) : 0;
    while (at < length) {
      const code = bytes[at++] ?? 0;
      if (isDigit(code)) {
        // What is longer than a time in ms is none, and must not overflow.
        if (++this.digits <= digitsOfMs) this.value = this.value * 10 + (code - digitZero);
        continue;
      }
      if (this.digits === digitsOfMs && this.wanted.has(this.value)) this.found.add(this.value);
      this.value = this.digits = 0;
      at = nextNumber(bytes, at);
    }
  }

  /** Those that did not come, once all bytes were seen. Blocks without times are taken to be there. */
  missing(): Block[] {
    this.see(new Uint8Array([0x20]));
    return this.blocks.filter(({ startMs, endMs }) => {
      const times = [startMs, endMs].filter((ms) => ms !== undefined);
      return times.length > 0 && !times.some((ms) => this.found.has(ms));
    });
  }
}

const isDigit = (code: number): boolean => code >= digitZero && code <= digitNine;

/**
 * Where a number that may be long enough begins: of so many digits in a row, one is at every thirteenth byte. Near the end of the
 * bytes, where it may go on in the next ones, any digit counts.
 */
function nextNumber(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  let at = from + digitsOfMs - 1;
  while (at < length && !isDigit(bytes[at] ?? 0)) at += digitsOfMs;
  let start = Math.min(at, length);
  while (start > from && isDigit(bytes[start - 1] ?? 0)) start--;
  return start;
}
