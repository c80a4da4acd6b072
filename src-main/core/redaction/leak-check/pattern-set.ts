/** Byte patterns looked for together: a table of their first four bytes tells in one step that none begins here. */
export class PatternSet {
  /** One bit a slot: small enough for the processor's cache. */
  private readonly table = new Uint8Array(1 << 17);
  private readonly byPrefix = new Map<number, Uint8Array[]>();

  /** Patterns shorter than four bytes are left out. */
  constructor(patterns: Iterable<Uint8Array>) {
    for (const pattern of patterns) {
      if (pattern.length < 4) continue;
      const prefix = prefixAt(pattern, 0);
      const slot = slotOf(prefix);
      this.table[slot >>> 3] = (this.table[slot >>> 3] as number) | (1 << (slot & 7));
      const same = this.byPrefix.get(prefix);
      if (same) same.push(pattern);
      else this.byPrefix.set(prefix, [pattern]);
    }
    // The longest first, so that a value counts once and not also as its own beginning.
    for (const patterns of this.byPrefix.values()) patterns.sort((a, b) => b.length - a.length);
  }

  get isEmpty(): boolean {
    return this.byPrefix.size === 0;
  }

  /** In how many places one of the patterns stands; places don't overlap. */
  count(bytes: Uint8Array): number {
    if (this.isEmpty || bytes.length < 4) return 0;
    const { table } = this;
    const last = bytes.length - 4;
    let found = 0;
    let next = 0;
    let prefix = prefixAt(bytes, 0);
    for (let at = 0; at <= last; at++) {
      const slot = slotOf(prefix);
      if (((table[slot >>> 3] as number) & (1 << (slot & 7))) !== 0 && at >= next) {
        const length = this.matchAt(bytes, at, prefix);
        if (length > 0) {
          found++;
          next = at + length;
        }
      }
      if (at < last) prefix = (prefix << 8) | (bytes[at + 4] as number);
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
    (byteAt(bytes, at) << 24) | (byteAt(bytes, at + 1) << 16) | (byteAt(bytes, at + 2) << 8) | byteAt(bytes, at + 3)
  );
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function slotOf(prefix: number): number {
  return Math.imul(prefix, 0x9e3779b1) >>> 12;
}
