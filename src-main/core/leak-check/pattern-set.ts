import { folded } from './bytes';

/** A match of a pattern: `at` and `end` are byte offsets, `pattern` is the index of the pattern. */
export interface Match {
  at: number;
  end: number;
  pattern: number;
}

const blank = 0x20;

/**
 * Searches for many byte patterns at once, ignoring the case of ASCII letters. A bit table rules out in one step that a pattern begins
 * with the current four bytes. It is large enough that fewer than one in sixty lookups is a false hit.
 */
export class PatternSet {
  private readonly table: Uint32Array;
  private readonly shift: number;
  private readonly byPrefix = new Map<number, Pattern[]>();

  /** Takes patterns in lower case. Those shorter than four bytes are ignored. */
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
    for (const group of this.byPrefix.values()) group.sort(byBytes);
  }

  get isEmpty(): boolean {
    return this.byPrefix.size === 0;
  }

  /** Calls `onMatch` with each match. Matches for which it returns true don't overlap. */
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

  private matchAt(bytes: Uint8Array, at: number, prefix: number, onMatch: (match: Match) => boolean): number {
    const group = this.byPrefix.get(prefix);
    if (!group) return 0;
    const found: Found[] = [];
    narrow(group, { from: 0, to: group.length, read: 4, index: at + 4 }, bytes, found);
    // The longest first, so that a value counts once and not also as its own beginning.
    if (found.length > 1) found.sort((a, b) => b.bytes.length - a.bytes.length || a.ordinal - b.ordinal);
    for (const { end, ordinal } of found) if (onMatch({ at, end, pattern: ordinal })) return end - at;
    return 0;
  }
}

interface Pattern {
  bytes: Uint8Array;
  ordinal: number;
}
type Found = Pattern & { end: number };

/** The patterns of a group from `from` to before `to` begin with the same `read` bytes, which are before `index` in the text. */
interface Step {
  from: number;
  to: number;
  read: number;
  index: number;
}

/**
 * Finds the patterns of a group that match a text, of which the first bytes match already. The group is sorted by bytes, so the
 * patterns that still match are adjacent after each byte: hundreds of values may begin alike, and comparing all of them took half the
 * time of packing a long recording. A run of spaces matches one space: a reader doesn't see how many there are.
 */
function narrow(group: readonly Pattern[], { from, to, read, index }: Step, bytes: Uint8Array, found: Found[]): void {
  while (from < to) {
    if (read > 4 && byteAt(group, from, read - 1) === blank) {
      // A pattern with several spaces needs as many.
      if (bytes[index] === blank) {
        const [first, end] = [bound(group, from, to, read, blank), bound(group, from, to, read, blank + 1)];
        narrow(group, { from: first, to: end, read: read + 1, index: index + 1 }, bytes, found);
      }
      while (bytes[index] === blank) index++;
    }
    for (; from < to && byteAt(group, from, read) < 0; from++) found.push({ ...(group[from] as Pattern), end: index });
    const byte = folded[bytes[index] ?? 0] as number;
    from = bound(group, from, to, read, byte);
    to = bound(group, from, to, read, byte + 1);
    read++;
    index++;
  }
}

/** Returns the index of the first of these patterns whose byte at `read` is at least `least`. */
function bound(group: readonly Pattern[], from: number, to: number, read: number, least: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (byteAt(group, middle, read) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Returns -1 after the end of a pattern. */
function byteAt(group: readonly Pattern[], index: number, read: number): number {
  return group[index]?.bytes[read] ?? -1;
}

function byBytes(a: Pattern, b: Pattern): number {
  const length = Math.min(a.bytes.length, b.bytes.length);
  for (let at = 0; at < length; at++) {
    const difference = (a.bytes[at] as number) - (b.bytes[at] as number);
    if (difference !== 0) return difference;
  }
  return a.bytes.length - b.bytes.length;
}

function prefixOf(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}
