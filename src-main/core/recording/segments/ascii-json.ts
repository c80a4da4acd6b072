const backslash = 0x5c;
const letterU = 0x75;
const hex = new TextEncoder().encode('0123456789abcdef');
/** Length of `\uXXXX`. */
const escapeBytes = 6;

/**
 * Escapes all non-ASCII characters of a JSON text in valid UTF-8. Chromium decodes and parses ASCII three times as fast as text with a
 * single wider character, and a seek waits for it. ASCII text is returned unchanged.
 */
export function toAsciiJson(json: Uint8Array): Uint8Array {
  const length = asciiLength(json);
  if (length === json.length) return json;
  const ascii = new Uint8Array(length);
  let end = 0;
  const escape = (unit: number): void => {
    ascii[end++] = backslash;
    ascii[end++] = letterU;
    for (let shift = 12; shift >= 0; shift -= 4) ascii[end++] = hex[(unit >> shift) & 15] as number;
  };
  for (let index = 0; index < json.length;) {
    const byte = json[index++] as number;
    if (byte < 0x80) {
      ascii[end++] = byte;
      continue;
    }
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    let point = byte & (0x3f >> more);
    for (const last = index + more; index < last; index++) point = (point << 6) | ((json[index] as number) & 0x3f);
    if (point > 0xffff) {
      escape(0xd800 + ((point - 0x10000) >> 10));
      escape(0xdc00 + ((point - 0x10000) & 0x3ff));
    } else escape(point);
  }
  return ascii;
}

function asciiLength(json: Uint8Array): number {
  let length = json.length;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index] as number;
    if (byte < 0x80) continue;
    // The first byte of a character counts for its one or two UTF-16 units; the other bytes count nothing.
    length += (byte >= 0xf0 ? 2 * escapeBytes : byte >= 0xc0 ? escapeBytes : 0) - 1;
  }
  return length;
}
