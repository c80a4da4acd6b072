/** A–Z in lower case, every other byte as it is. */
export const folded = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) folded[byte] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;

/** The digits alone, each run at its distance from others: what is between digits and may be overlooked is left out, all else is a zero byte. */
export function digitsView(bytes: Uint8Array): Uint8Array {
  const digits = new Uint8Array(bytes.length);
  let length = 0;
  let gap = 3;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      if (gap > 2 && length > 0) digits[length++] = 0;
      digits[length++] = byte;
      gap = 0;
    } else if (gap < 3)
      gap += byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0x28 || byte === 0x29 || byte === 0x2f ? 1 : 3;
  }
  return digits.subarray(0, length);
}

/** Is this what text decodes to, in UTF-8 or plainer: hardly a control character and no broken sequence? */
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

/** The stretches of plain text in bytes that are otherwise none. */
export function* textPieces(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (at - start >= shortestPiece) yield bytes.subarray(start, at);
    start = at + 1;
  }
}
