/** Maps A–Z to lower case, and every other byte to itself. */
export const folded = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) folded[byte] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;

/** The gate finds numbers with at least this many digits regardless of the separators between them. */
export const longNumber = 9;

const digitClass = 1;
const blankClass = 2;
const digitClasses = new Uint8Array(256);
digitClasses.fill(digitClass, 0x30, 0x3a);
for (const blank of ' -.()/') digitClasses[blank.charCodeAt(0)] = blankClass;

/** Returns only the digits of long numbers. Up to two spaces, dashes, dots, slashes or brackets between digits are skipped. */
export function digitsView(bytes: Uint8Array): Uint8Array {
  const classOf = digitClasses;
  const digits = new Uint8Array(bytes.length + 1);
  let length = 0;
  let start = 0;
  let gap = 3;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const kind = classOf[byte];
    if (kind === digitClass) {
      if (gap > 2) {
        // The previous number is complete: keep it with a zero byte after it, or drop a short one.
        if (length - start < longNumber) length = start;
        else digits[length++] = 0;
        start = length;
      }
      digits[length++] = byte;
      gap = 0;
    } else gap += kind === blankClass ? 1 : 3;
  }
  return digits.subarray(0, length);
}

/** Returns true for bytes that may be text in UTF-8: almost no control characters and no broken sequences. */
export function looksLikeText(bytes: Uint8Array): boolean {
  let odd = 0;
  let follow = 0;
  const sample = bytes.subarray(0, 2048);
  for (const byte of sample) {
    if (follow > 0) {
      if (byte >= 0x80 && byte < 0xc0) follow--;
      else {
        odd++;
        follow = 0;
      }
    } else if (byte >= 0xc2 && byte < 0xf5) follow = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    else if (byte >= 0x7f || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) odd++;
  }
  return odd * 10 <= sample.length;
}

const shortestPiece = 8;

/** Yields the runs of ASCII text in binary data. */
export function* textPieces(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (at - start >= shortestPiece) yield bytes.subarray(start, at);
    start = at + 1;
  }
}
