const encoder = new TextEncoder();

/** Returns true if every second byte is one of two, as in UTF-16: one for the script, one for invisible characters. */
export function looksLikeUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const sample = bytes.subarray(0, 512);
  return [0, 1].some((parity) => {
    const counts = new Uint16Array(256);
    let first = -1;
    let most = 0;
    let second = 0;
    for (let at = parity; at < sample.length; at += 2) {
      const byte = sample[at] as number;
      const count = (counts[byte] ?? 0) + 1;
      counts[byte] = count;
      if (byte === first || count > most) {
        if (byte !== first) second = most;
        first = byte;
        most = count;
      } else second = Math.max(second, count);
    }
    return most >= 3 && (most >= sample.length * 0.3 || most + second >= sample.length * 0.4);
  });
}

/** Han, kana and Hangul: their words are a few characters long and have no byte in common in UTF-16. */
export const wideCharacters = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;

/** Returns true for a UTF-16 unit of such a character, a full-width one, an ASCII one or an invisible one. */
function isWideOrPlain(top: number, low: number): boolean {
  if (top === 0) return low >= 0x20;
  if (top === 0x20) return low < 0x10 || (low >= 0x28 && low < 0x30) || low >= 0x60;
  return (top >= 0x30 && top <= 0x9f) || (top >= 0xac && top <= 0xd7) || top >= 0xfe;
}

/** Returns true if three quarters of the byte pairs are such units. One in ten random samples is, too, so it proves nothing. */
export function mayBeWideCharacters(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 64);
  for (const [high, low] of [
    [0, 1],
    [1, 0],
  ] as const) {
    for (const first of [0, 1]) {
      let units = 0;
      let wide = 0;
      for (let at = first; at + 1 < sample.length; at += 2) {
        const top = sample[at + high] as number;
        units++;
        if (isWideOrPlain(top, sample[at + low] as number)) wide++;
      }
      if (units >= 2 && wide * 4 >= units * 3) return true;
    }
  }
  return false;
}

/** Reads bytes as UTF-16 in either byte order, from the first and from the second byte on. Yields UTF-8. */
export function* decodeUtf16(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const isLittle of [true, false]) {
    for (const first of [0, 1]) {
      let text = '';
      for (let at = first; at + 1 < bytes.length; at += 2) text += String.fromCharCode(view.getUint16(at, isLittle));
      yield encoder.encode(text);
    }
  }
}
