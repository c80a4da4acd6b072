import type { Block } from './blocks';

const digitsOfMs = 13;
const digitZero = 0x30;
const digitNine = 0x39;

/**
 * Detects blocks that are missing from a batch. If PostHog can't read a block, it omits it and still replies with
 * status 200. The list has the time of each block's first and last event, and these times occur in the block's bytes,
 * so this searches the stream for their digits without parsing it. A block with neither time in the stream counts as
 * missing.
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

  /** Searches the next bytes. A number may span two calls. */
  see(bytes: Uint8Array): void {
    const { length } = bytes;
    let at = this.digits === 0 ? nextNumber(bytes, 0) : 0;
    while (at < length) {
      const code = bytes[at++] ?? 0;
      if (isDigit(code)) {
        // A number with more digits is not a time in ms, and must not overflow.
        if (++this.digits <= digitsOfMs) this.value = this.value * 10 + (code - digitZero);
        continue;
      }
      if (this.digits === digitsOfMs && this.wanted.has(this.value)) this.found.add(this.value);
      this.value = this.digits = 0;
      at = nextNumber(bytes, at);
    }
  }

  /** Returns the missing blocks once all bytes were seen. Blocks without times count as present. */
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
 * Returns where a number that may be long enough starts: a run of this many digits covers every thirteenth byte. Near
 * the end of the bytes, where a number may continue in the next ones, any digit counts.
 */
function nextNumber(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  let at = from + digitsOfMs - 1;
  while (at < length && !isDigit(bytes[at] ?? 0)) at += digitsOfMs;
  let start = Math.min(at, length);
  while (start > from && isDigit(bytes[start - 1] ?? 0)) start--;
  return start;
}
