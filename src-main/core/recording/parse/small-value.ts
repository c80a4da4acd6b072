const utf8 = new TextDecoder();

/** The longest key, title or other small value of a document that is read. */
export const smallBytes = 1 << 16;

/** Parses a short value. Returns undefined if it isn't JSON or isn't short. */
export function parseSmall(bytes: Uint8Array, from: number, end: number): unknown {
  if (end - from > smallBytes) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes.subarray(from, end))) as unknown;
  } catch {
    return undefined;
  }
}
