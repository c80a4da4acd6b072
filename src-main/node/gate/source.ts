/** A piece of an export to search. `name` is its location: Casement's own words, and names that were checked as a part before. */
export type Part = { name: string; bytes: Uint8Array } | { name: string; isOpaque: true };

/** The bytes of a file, in memory or not. */
export interface Source {
  readonly length: number;
  /** Returns fewer bytes at the end of the file. */
  read(start: number, end: number): Buffer;
}

export function inMemory(bytes: Uint8Array): Source {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { length: file.length, read: (start, end) => file.subarray(start, end) };
}
