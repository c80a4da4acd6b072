import { hexDigit } from './escapes';

/** Decodes pairs of hex digits. Expects only hex digits. */
export function decodeHex(text: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(text.length >> 1);
  for (let at = 0; at < decoded.length; at++)
    decoded[at] = hexDigit(text[2 * at] as number) * 16 + hexDigit(text[2 * at + 1] as number);
  return decoded;
}

/** Yields the runs of at least `least` hex digits. */
export function* hexRuns(text: Uint8Array, least: number): Generator<[start: number, end: number]> {
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const isHex = at < text.length && hexDigit(text[at] as number) >= 0;
    if (isHex && start < 0) start = at;
    if (isHex || start < 0) continue;
    if (at - start >= least) yield [start, at];
    start = -1;
  }
}
