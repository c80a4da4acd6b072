const encoder = new TextEncoder();

/** Have every second byte in common, as text in UTF-16 has? */
export function looksLikeUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const sample = bytes.subarray(0, 512);
  return [0, 1].some((parity) => {
    const counts = new Uint16Array(256);
    let most = 0;
    for (let at = parity; at < sample.length; at += 2) {
      const count = (counts[sample[at] as number] ?? 0) + 1;
      counts[sample[at] as number] = count;
      most = Math.max(most, count);
    }
    return most >= 3 && most >= (sample.length / 2) * 0.6;
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
