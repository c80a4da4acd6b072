const encoder = new TextEncoder();

/** Is every second byte one of two, as in text in UTF-16: one for its script, one for signs that nobody sees? */
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

/** Han, kana and Hangul, whose words are few signs long and have no byte in common in UTF-16. */
export const wideSigns = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;

/** Of a unit of UTF-16: is it such a sign, one in full width, a plain one, or one that joins or parts them unseen? */
function isSignOrPlain(top: number, low: number): boolean {
  if (top === 0) return low >= 0x20;
  if (top === 0x20) return low < 0x10 || (low >= 0x28 && low < 0x30) || low >= 0x60;
  return (top >= 0x30 && top <= 0x9f) || (top >= 0xac && top <= 0xd7) || top >= 0xfe;
}

/** Are three quarters of the pairs of bytes such signs or plain ones? Of any few bytes one in ten is, so it proves nothing. */
export function mayBeWideSigns(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 64);
  for (const [high, low] of [
    [0, 1],
    [1, 0],
  ] as const) {
    for (const first of [0, 1]) {
      let units = 0;
      let signs = 0;
      for (let at = first; at + 1 < sample.length; at += 2) {
        const top = sample[at + high] as number;
        units++;
        if (isSignOrPlain(top, sample[at + low] as number)) signs++;
      }
      if (units >= 2 && signs * 4 >= units * 3) return true;
    }
  }
  return false;
}

/** The bytes read as UTF-16 in either order of bytes, from the first and from the second byte on, each written in UTF-8. */
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
