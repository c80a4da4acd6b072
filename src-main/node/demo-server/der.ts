/**
 * Encodes the few ASN.1 types of a certificate in DER (ITU-T X.690). Decoding, where mistakes are dangerous, is left to Node.
 */
enum Tag {
  Boolean = 0x01,
  Integer = 0x02,
  BitString = 0x03,
  OctetString = 0x04,
  ObjectId = 0x06,
  Utf8String = 0x0c,
  UtcTime = 0x17,
  GeneralizedTime = 0x18,
  Sequence = 0x30,
  Set = 0x31,
}

function encode(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const lengthBytes = length < 0x80 ? [length] : longLength(length);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

function longLength(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...parts: Uint8Array[]): Buffer => encode(Tag.Sequence, Buffer.concat(parts));

export const setOf = (part: Uint8Array): Buffer => encode(Tag.Set, part);

export const isTrue = (): Buffer => encode(Tag.Boolean, Buffer.from([0xff]));

/** Encodes an unsigned big-endian number of any length. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const shortest = bytes.subarray(start);
  const isNegativeLooking = ((shortest[0] ?? 0) & 0x80) !== 0;
  return encode(Tag.Integer, isNegativeLooking ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

/** `unusedBits`: the number of unused bits at the end of the last byte. */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer =>
  encode(Tag.BitString, Buffer.concat([Buffer.from([unusedBits]), bytes]));

export const octetString = (bytes: Uint8Array): Buffer => encode(Tag.OctetString, bytes);

export const utf8String = (text: string): Buffer => encode(Tag.Utf8String, Buffer.from(text, 'utf8'));

/** `text`: dotted notation, such as `2.5.29.17`. */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return encode(Tag.ObjectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

/** Encodes a time as in RFC 5280, 4.1.2.5: two-digit years until 2049, four digits from then on. Drops milliseconds. */
export function time(atMs: number): Buffer {
  const digits = new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  const isLate = new Date(atMs).getUTCFullYear() >= 2050;
  return encode(isLate ? Tag.GeneralizedTime : Tag.UtcTime, Buffer.from(isLate ? digits : digits.slice(2), 'ascii'));
}

/** Wraps values in a context-specific tag. */
export const explicit = (number: number, content: Uint8Array): Buffer => encode(0xa0 | number, content);

/** Replaces the tag of a primitive value with a context-specific one. */
export const implicit = (number: number, content: Uint8Array): Buffer => encode(0x80 | number, content);
