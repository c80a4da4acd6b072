const utf8 = new TextDecoder();

/** Keys, titles and other small values of a document; what is longer is passed over. */
export const smallBytes = 1 << 16;

/** A short value, or undefined for what isn't JSON or isn't short. */
export function parseSmall(bytes: Uint8Array, from: number, end: number): unknown {
  if (end - from > smallBytes) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes.subarray(from, end))) as unknown;
  } catch {
    return undefined;
  }
}
