import { domainToASCII } from 'node:url';
import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';

/** Encodes a value. Returns undefined if the encoding can't represent it. */
type Encode = (value: string) => string | undefined;

const hexOf = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const units = (value: string, write: (unit: number) => string): string =>
  Array.from({ length: value.length }, (_, at) => write(value.charCodeAt(at))).join('');
const points = (value: string, write: (point: number) => string): string =>
  [...value].map((letter) => write(letter.codePointAt(0) ?? 0)).join('');
const bytes = (value: string, write: (byte: number) => string): string => [...Buffer.from(value)].map(write).join('');
const base64 = (value: string): string => Buffer.from(value).toString('base64');

/** Cyrillic letters that look like Latin ones. */
export const lookalikes: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};

function bitShifted(value: string, before: number): string {
  return base64(`${'~'.repeat(before)}${value}${'~'.repeat(before)}`);
}

export const encodings: Readonly<Record<string, Encode>> = {
  plain: (value) => value,
  'upper case': (value) => value.toUpperCase(),
  percent: (value) => bytes(value, (byte) => `%${hexOf(byte, 2).toUpperCase()}`),
  'percent twice': (value) => bytes(value, (byte) => `%25${hexOf(byte, 2)}`),
  form: (value) => encodeURIComponent(value).replaceAll('%20', '+'),
  'decimal entities': (value) => points(value, (point) => `&#${point};`),
  'hexadecimal entities': (value) => points(value, (point) => `&#x${point.toString(16)};`),
  'unicode escapes': (value) => units(value, (unit) => `\\u${hexOf(unit, 4)}`),
  'hexadecimal escapes': (value) =>
    /^[\x00-\xff]*$/.test(value) ? units(value, (unit) => `\\x${hexOf(unit, 2)}`) : undefined,
  'css escapes': (value) => points(value, (point) => `\\${point.toString(16)} `),
  base64,
  'base64 after a byte': (value) => bitShifted(value, 1),
  'base64 after two bytes': (value) => bitShifted(value, 2),
  base64url: (value) => Buffer.from(`{"v":"${value}"}`).toString('base64url'),
  'base64 twice': (value) => base64(base64(value)),
  hex: (value) => bytes(value, (byte) => hexOf(byte, 2)),
  'json in json': (value) => JSON.stringify(JSON.stringify({ v: value })),
  'payload of a jwt': (value) =>
    `${base64('{"alg":"none"}')}.${Buffer.from(JSON.stringify({ v: value })).toString('base64url')}.`,
  gzip: (value) => gzipSync(value).toString('base64'),
  'zlib as latin-1': (value) => deflateSync(value).toString('latin1'),
  'utf-16': (value) => Buffer.from(value, 'utf16le').toString('base64'),
  'quoted-printable': (value) => bytes(value, (byte) => `=${hexOf(byte, 2).toUpperCase()}`),
  punycode: (value) => {
    if (!/\p{L}{6}/u.test(value)) return undefined;
    const label = `${value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')}ü`;
    const written = domainToASCII(label);
    return written.length > 4 && written.length <= 63 ? written : undefined;
  },
  'rot 13': (value) => (/[a-z]/i.test(value) ? value.replace(/[a-z]/gi, rotate) : undefined),
  reversed: (value) => [...value].reverse().join(''),
  'full width': (value) =>
    value.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  'zero-width spaces': (value) => [...value].join('\u200b'),
  'soft hyphens': (value) => [...value].join('\u00ad'),
  'combining marks': (value) => (/\p{L}/u.test(value) ? value.replace(/\p{L}/gu, '$&\u0323') : undefined),
  'look-alikes': (value) => {
    const written = value.replace(/[a-z]/g, (letter) => lookalikes[letter] ?? letter);
    return written === value ? undefined : written;
  },
  'arabic digits': (value) =>
    /\d/.test(value) ? value.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))) : undefined,
};

export const encodingNames: readonly string[] = Object.keys(encodings);

function rotate(letter: string): string {
  const first = letter < 'a' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
}

/** Returns the hashes that services store instead of a value, in hexadecimal. */
export function digestsOf(value: string): string[] {
  return ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(value).digest('hex'));
}
