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
 * with the current four bytes, and another one that it begins with the current eight.
 */
export class PatternSet {
  private readonly table: BitTable;
  private readonly byPrefix = new Map<number, Group>();
  /** The first eight bytes of all patterns that have as many. */
  private readonly longTable: BitTable;

  /** Takes patterns in lower case. Those shorter than four bytes are ignored. */
  constructor(patterns: readonly Uint8Array[]) {
    this.longTable = new BitTable(patterns.length);
    for (const [ordinal, bytes] of patterns.entries()) {
      if (bytes.length < 4) continue;
      const prefix = prefixOf(bytes);
      let group = this.byPrefix.get(prefix);
      if (!group) this.byPrefix.set(prefix, (group = { short: [], long: [] }));
      if (bytes.length < longPrefix) group.short.push({ bytes, ordinal });
      else {
        group.long.push({ bytes, ordinal });
        this.longTable.add(longPrefixAt(bytes, 0, prefix));
      }
    }
    // As small as possible: it is read for each byte, and a small one stays in the fastest memory.
    this.table = new BitTable(this.byPrefix.size);
    for (const [prefix, { short, long }] of this.byPrefix) {
      this.table.add(prefix);
      short.sort(byBytes);
      long.sort(byBytes);
    }
  }

  get isEmpty(): boolean {
    return this.byPrefix.size === 0;
  }

  /** Calls `onMatch` with each match. Matches for which it returns true don't overlap. */
  find(bytes: Uint8Array, onMatch: (match: Match) => boolean): void {
    if (this.isEmpty || bytes.length < 4) return;
    const { words, shift } = this.table;
    const { length } = bytes;
    const fold = folded;
    let next = 0;
    let prefix = 0;
    for (let index = 0; index < length; index++) {
      prefix = (prefix << 8) | (fold[bytes[index] as number] as number);
      const slot = Math.imul(prefix, 0x9e3779b1) >>> shift;
      if (((words[slot >>> 5] as number) & (1 << (slot & 31))) === 0 || index < next + 3) continue;
      const taken = this.matchAt(bytes, index - 3, prefix, onMatch);
      if (taken > 0) next = index - 3 + taken;
    }
  }

  /** Returns false if no pattern begins with the eight bytes at `at`. Runs of spaces are not compared, because several spaces may stand for one. */
  private mayBeLong(bytes: Uint8Array, at: number, prefix: number): boolean {
    if (this.longTable.has(longPrefixAt(bytes, at, prefix))) return true;
    for (let index = at + 4; index < at + longPrefix; index++)
      if (bytes[index] === blank && bytes[index - 1] === blank) return true;
    return false;
  }

  private matchAt(bytes: Uint8Array, at: number, prefix: number, onMatch: (match: Match) => boolean): number {
    const group = this.byPrefix.get(prefix);
    if (!group) return 0;
    const { short, long } = group;
    const found: Found[] = [];
    if (short.length > 0) narrow(short, { from: 0, to: short.length, read: 4, index: at + 4 }, bytes, found);
    if (long.length > 0 && this.mayBeLong(bytes, at, prefix))
      narrow(long, { from: 0, to: long.length, read: 4, index: at + 4 }, bytes, found);
    // The longest first, so that a value counts once and not also as its own beginning.
    if (found.length > 1) found.sort((a, b) => b.bytes.length - a.bytes.length || a.ordinal - b.ordinal);
    for (const { end, ordinal } of found) if (onMatch({ at, end, pattern: ordinal })) return end - at;
    return 0;
  }
}

/** Patterns that begin with the same four bytes, in order. */
interface Group {
  short: Pattern[];
  long: Pattern[];
}

/** The length of the beginnings that the second table knows. */
const longPrefix = 8;

/** A set of 32-bit numbers that may seem to contain others: one lookup in sixty is a false hit. */
class BitTable {
  readonly words: Uint32Array;
  readonly shift: number;

  constructor(size: number) {
    const bits = Math.min(23, Math.max(13, Math.ceil(Math.log2((size + 1) * 64))));
    this.words = new Uint32Array(2 ** (bits - 5));
    this.shift = 32 - bits;
  }

  add(value: number): void {
    const slot = Math.imul(value, 0x9e3779b1) >>> this.shift;
    this.words[slot >>> 5] = (this.words[slot >>> 5] as number) | (1 << (slot & 31));
  }

  has(value: number): boolean {
    const slot = Math.imul(value, 0x9e3779b1) >>> this.shift;
    return ((this.words[slot >>> 5] as number) & (1 << (slot & 31))) !== 0;
  }
}

/** Returns a hash of the eight bytes at `at`, of which the first four are known. */
function longPrefixAt(bytes: Uint8Array, at: number, prefix: number): number {
  let rest = 0;
  for (let index = at + 4; index < at + longPrefix; index++) rest = (rest << 8) | (folded[bytes[index] ?? 0] as number);
  return Math.imul(prefix, 0x85ebca6b) ^ rest;
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
