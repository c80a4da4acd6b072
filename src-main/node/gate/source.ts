/** A piece of an export as the search reads it. `name`: where it is; made of words of ours and of names that were read as a part before. */
export type Part = { name: string; bytes: Uint8Array } | { name: string; isOpaque: true };

/** The bytes of a file, in memory or not. */
export interface Source {
  readonly length: number;
  /** Fewer where the file ends before. */
  read(start: number, end: number): Buffer;
}

export function inMemory(bytes: Uint8Array): Source {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { length: file.length, read: (start, end) => file.subarray(start, end) };
}
