import { hexDigit } from './decode/escapes';

/** Parts of a text that may hold anything: compressed or binary data, images. */

/** Returns true if the first bytes of gzip, zlib or zstd are here. */
export function packedAt(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === 0x1f) return second === 0x8b && bytes[at + 2] === 8;
  if (first === 0x78) return second === 0x01 || second === 0x5e || second === 0x9c || second === 0xda;
  return first === 0x28 && second === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
}

/** A longer run that is neither text nor decompressed is more than an identifier or a signature. */
const longestMark = 512;
/** Text uses fewer different characters than this. */
const leastVariety = 44;

/** Returns true for a run of unreadable data, and for the data of a `data:image/png;base64,…` address. */
export function isOpaque(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= 16 && isDataUrl(bytes, start)) return true;
  if (end - start < longestMark) return false;
  if (isHex(bytes.subarray(start, end))) return true;
  const seen = new Set<number>();
  for (let at = start; at < end && seen.size < leastVariety; at++) seen.add(bytes[at] as number);
  return seen.size >= leastVariety;
}

function isHex(run: Uint8Array): boolean {
  return run.every((byte) => hexDigit(byte) >= 0) && run.some((byte) => byte > 0x39);
}

const dataUrlEnd = [...';base64,'].map((letter) => letter.charCodeAt(0));

function isDataUrl(bytes: Uint8Array, start: number): boolean {
  const from = start - dataUrlEnd.length;
  return from >= 0 && dataUrlEnd.every((byte, index) => bytes[from + index] === byte);
}

/** No time and no size has more digits. */
const longestCount = 24;

/**
 * Returns true for a run of digits that can only be a number: a time, a size. Digits in hex have a 2 or a 3 before each of them, and
 * no text in base64 consists of digits alone.
 */
export function isCount(run: Uint8Array): boolean {
  if (run.length > longestCount || !run.every((byte) => byte >= 0x30 && byte <= 0x39)) return false;
  return ![0, 1].some((phase) => {
    for (let at = phase; at + 1 < run.length; at += 2) if (run[at] !== 0x32 && run[at] !== 0x33) return false;
    return true;
  });
}
