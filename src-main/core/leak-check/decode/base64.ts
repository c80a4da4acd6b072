/** Values of the characters of both alphabets; -1 for any other byte. */
const values = new Int8Array(256).fill(-1);
for (const [index, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  values[letter.charCodeAt(0)] = index;
values[0x2d] = 62;
values[0x5f] = 63;

export function isBase64Byte(byte: number): boolean {
  return (values[byte] as number) >= 0;
}

export function base64Value(byte: number): number {
  return values[byte] as number;
}

/** Decodes characters of either alphabet, and ignores padding and line breaks. */
export function decodeBase64(text: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(((text.length * 3) >> 2) + 1);
  let length = 0;
  let bits = 0;
  let count = 0;
  for (const byte of text) {
    const value = values[byte] as number;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded[length++] = (bits >>> count) & 0xff;
    }
  }
  return decoded.subarray(0, length);
}
