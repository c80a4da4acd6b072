/** Other ways to read the bytes of an export. */

const quote = 0x22;
const percent = 0x25;
const ampersand = 0x26;
const semicolon = 0x3b;
const backslash = 0x5c;

/** The same bytes with A–Z in lower case. */
export function foldCase(bytes: Uint8Array): Uint8Array {
  const folded = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    folded[at] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  }
  return folded;
}

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  sol: '/',
  num: '#',
  plus: '+',
  lowbar: '_',
  hyphen: '-',
};
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Bytes with one layer of encoding taken off. */
export interface Decoded {
  bytes: Uint8Array;
  /** Can there be another layer below? */
  hasMore: boolean;
}

/** The longest encoded character that is read: an encoding cut by another one is no farther away than this. */
const longestRead = 12;

/** One layer of percent, entity and backslash encoding taken off; undefined when there is none. Expects case-folded bytes. */
export function decodeOnce(bytes: Uint8Array): Decoded | undefined {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  let isChanged = false;
  let hasMore = false;
  let lastLeft = -longestRead - 1;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] as number;
    if (byte !== percent && byte !== ampersand && byte !== backslash) {
      decoded[length++] = byte;
      at++;
      continue;
    }
    const read = readEncoded(byte, bytes, at);
    if (!read) {
      decoded[length++] = byte;
      lastLeft = at++;
      continue;
    }
    isChanged = true;
    hasMore ||= at - lastLeft <= longestRead || isMark(read.value);
    at += read.length;
    if (typeof read.value === 'number') decoded[length++] = foldByte(read.value);
    else for (const piece of encoder.encode(read.value.toLowerCase())) decoded[length++] = piece;
  }
  return isChanged ? { bytes: decoded.subarray(0, length), hasMore } : undefined;
}

const encoder = new TextEncoder();

function isMark(value: number | string): boolean {
  return (
    value === percent || value === ampersand || value === backslash || value === '%' || value === '&' || value === '\\'
  );
}

function readEncoded(mark: number, bytes: Uint8Array, at: number): Read | undefined {
  if (mark === percent) return readPercent(bytes, at);
  return mark === ampersand ? readEntity(bytes, at) : readEscape(bytes, at);
}

interface Read {
  value: number | string;
  length: number;
}

function foldByte(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

function hexAt(bytes: Uint8Array, at: number, digits: number): number | undefined {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const byte = bytes[index] ?? 0;
    const digit =
      byte >= 0x30 && byte <= 0x39
        ? byte - 0x30
        : byte >= 0x61 && byte <= 0x66
          ? byte - 0x57
          : byte >= 0x41 && byte <= 0x46
            ? byte - 0x37
            : -1;
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function readPercent(bytes: Uint8Array, at: number): Read | undefined {
  const value = hexAt(bytes, at + 1, 2);
  return value === undefined ? undefined : { value, length: 3 };
}

function readEntity(bytes: Uint8Array, at: number): Read | undefined {
  const end = bytes.subarray(at, at + 12).indexOf(semicolon);
  if (end < 2) return undefined;
  const name = String.fromCharCode(...bytes.subarray(at + 1, at + end));
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  const code = hex === undefined ? (decimal === undefined ? undefined : Number(decimal)) : parseInt(hex, 16);
  if (code !== undefined) return code <= 0x10ffff ? { value: String.fromCodePoint(code), length: end + 1 } : undefined;
  const value = Object.hasOwn(namedEntities, name) ? namedEntities[name] : undefined;
  return value === undefined ? undefined : { value, length: end + 1 };
}

/** `\uXXXX`, `\xXX` and the escapes of JSON. */
function readEscape(bytes: Uint8Array, at: number): Read | undefined {
  if (bytes[at + 1] === quote) return { value: quote, length: 2 };
  const kind = String.fromCharCode(bytes[at + 1] ?? 0);
  if (kind === 'u') {
    const code = hexAt(bytes, at + 2, 4);
    return code === undefined ? undefined : { value: String.fromCharCode(code), length: 6 };
  }
  if (kind === 'x') {
    const code = hexAt(bytes, at + 2, 2);
    return code === undefined ? undefined : { value: String.fromCharCode(code), length: 4 };
  }
  if (['\\', '/', "'"].includes(kind)) return { value: kind, length: 2 };
  const simple = Object.hasOwn(simpleEscapes, kind) ? simpleEscapes[kind] : undefined;
  return simple === undefined ? undefined : { value: simple, length: 2 };
}

/** The digits alone. Up to two blanks, dashes, dots or brackets between digits are overlooked; anything else parts two numbers. */
export function digitsView(bytes: Uint8Array): Uint8Array {
  const digits = new Uint8Array(bytes.length);
  let length = 0;
  let gap = 3;
  for (const byte of bytes) {
    if (byte >= 0x30 && byte <= 0x39) {
      if (gap > 2 && length > 0) digits[length++] = 0;
      digits[length++] = byte;
      gap = 0;
    } else gap += byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0x28 || byte === 0x29 ? 1 : 3;
  }
  return digits.subarray(0, length);
}
