/** Byte patterns looked for together: a table of their first four bytes tells in one step that none begins here. */
export class PatternSet {
  private readonly table = new Uint8Array(1 << 20);
  private readonly byPrefix = new Map<number, Uint8Array[]>();

  /** Patterns shorter than four bytes are left out. */
  constructor(patterns: Iterable<Uint8Array>) {
    for (const pattern of patterns) {
      if (pattern.length < 4) continue;
      const prefix = prefixAt(pattern, 0);
      this.table[slotOf(prefix)] = 1;
      const same = this.byPrefix.get(prefix);
      if (same) same.push(pattern);
      else this.byPrefix.set(prefix, [pattern]);
    }
    // The longest first, so that a value counts once and not also as its own beginning.
    for (const patterns of this.byPrefix.values()) patterns.sort((a, b) => b.length - a.length);
  }

  /** In how many places one of the patterns stands; places don't overlap. */
  count(bytes: Uint8Array): number {
    if (this.byPrefix.size === 0 || bytes.length < 4) return 0;
    const { table } = this;
    let found = 0;
    let prefix = prefixAt(bytes, 0);
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (table[slotOf(prefix)] === 1) {
        const length = this.matchAt(bytes, at, prefix);
        if (length > 0) {
          found++;
          at += length - 1;
          if (at + 5 > bytes.length) break;
          prefix = prefixAt(bytes, at + 1);
          continue;
        }
      }
      prefix = ((prefix << 8) | (bytes[at + 4] ?? 0)) >>> 0;
    }
    return found;
  }

  private matchAt(bytes: Uint8Array, at: number, prefix: number): number {
    for (const pattern of this.byPrefix.get(prefix) ?? []) {
      let index = 4;
      while (index < pattern.length && bytes[at + index] === pattern[index]) index++;
      if (index === pattern.length) return index;
    }
    return 0;
  }
}

function prefixAt(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}

function slotOf(prefix: number): number {
  return Math.imul(prefix, 0x9e3779b1) >>> 12;
}
