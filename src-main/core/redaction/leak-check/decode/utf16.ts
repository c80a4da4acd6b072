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
