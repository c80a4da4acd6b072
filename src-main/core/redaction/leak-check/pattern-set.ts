import { folded } from './bytes';

/** A place where a pattern stands: `at` and `end` are byte offsets, `pattern` the number of the pattern in the order given. */
export interface Match {
  at: number;
  end: number;
  pattern: number;
}

const blank = 0x20;

/**
 * Byte patterns looked for together, ASCII letters in either case. A table of bits says in one step that no pattern begins with the four
 * bytes at hand; it is so large that fewer than one in sixty says otherwise by chance.
 */
export class PatternSet {
  private readonly table: Uint32Array;
  private readonly shift: number;
  private readonly byPrefix = new Map<number, { bytes: Uint8Array; ordinal: number }[]>();

  /** Patterns in lower case. Those shorter than four bytes are left out. */
  constructor(patterns: readonly Uint8Array[]) {
    const bits = Math.min(23, Math.max(17, Math.ceil(Math.log2((patterns.length + 1) * 64))));
    this.table = new Uint32Array(2 ** (bits - 5));
    this.shift = 32 - bits;
    for (const [ordinal, bytes] of patterns.entries()) {
      if (bytes.length < 4) continue;
      const prefix = prefixOf(bytes);
      const slot = Math.imul(prefix, 0x9e3779b1) >>> this.shift;
      this.table[slot >>> 5] = (this.table[slot >>> 5] as number) | (1 << (slot & 31));
      const same = this.byPrefix.get(prefix);
      if (same) same.push({ bytes, ordinal });
      else this.byPrefix.set(prefix, [{ bytes, ordinal }]);
    }
    // The longest first, so that a value counts once and not also as its own beginning.
    for (const patterns of this.byPrefix.values()) patterns.sort((a, b) => b.bytes.length - a.bytes.length);
  }

  get isEmpty(): boolean {
    return this.byPrefix.size === 0;
  }

  /** Every place where one of the patterns stands and which `accept` takes; places don't overlap. */
  find(bytes: Uint8Array, onMatch: (match: Match) => boolean): void {
    if (this.isEmpty || bytes.length < 4) return;
    const { table, shift } = this;
    const { length } = bytes;
    const fold = folded;
    let next = 0;
    let prefix = 0;
    for (let index = 0; index < length; index++) {
      prefix = (prefix << 8) | (fold[bytes[index] as number] as number);
      const slot = Math.imul(prefix, 0x9e3779b1) >>> shift;
      if (((table[slot >>> 5] as number) & (1 << (slot & 31))) === 0 || index < next + 3) continue;
      const taken = this.matchAt(bytes, index - 3, prefix, onMatch);
      if (taken > 0) next = index - 3 + taken;
    }
  }

  /** Runs of blanks count as one: a reader doesn't see how many there are. */
  private matchAt(bytes: Uint8Array, at: number, prefix: number, onMatch: (match: Match) => boolean): number {
    for (const { bytes: pattern, ordinal } of this.byPrefix.get(prefix) ?? []) {
      let index = at + 4;
      let read = 4;
      for (; read < pattern.length; read++, index++) {
        const wanted = pattern[read] as number;
        if (folded[bytes[index] ?? 0] !== wanted) break;
        if (wanted === blank) while (bytes[index + 1] === blank && pattern[read + 1] !== blank) index++;
      }
      if (read === pattern.length && onMatch({ at, end: index, pattern: ordinal })) return index - at;
    }
    return 0;
  }
}

function prefixOf(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}
