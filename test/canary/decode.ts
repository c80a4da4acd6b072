import { domainToUnicode } from 'node:url';
import { gunzipSync, inflateSync } from 'node:zlib';
import { lookalikes } from './encodings';

/** The number of nested encodings that are decoded at most. */
const depthLimit = 6;

type Decode = (text: string) => (string | undefined)[];

const latin = new Map(Object.entries(lookalikes).map(([letter, other]) => [other, letter]));

/** Yields a text and every text that can be decoded from it. */
export function* unfold(text: string, seen: Set<string>, depth = 0): Generator<string> {
  if (seen.has(text)) return;
  seen.add(text);
  yield text;
  if (depth === depthLimit) return;
  for (const decode of decoders)
    for (const inner of decode(text)) if (inner !== undefined && inner !== text) yield* unfold(inner, seen, depth + 1);
}

const code = (digits: string, base: number): string => {
  const point = parseInt(digits, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

const percent: Decode = (text) => {
  if (!/%[0-9a-f]{2}/i.test(text)) return [];
  const raw = text.replace(/((?:%[0-9a-f]{2})+)/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
  return [raw];
};

const plus: Decode = (text) => (/\S\+\S/.test(text) ? [text.replaceAll('+', ' ')] : []);

const jsonEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const escapes: Decode = (text) => {
  const found: string[] = [];
  if (/&#/.test(text))
    found.push(
      text
        .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => code(hex, 16))
        .replace(/&#(\d{1,7});/g, (_, ten: string) => code(ten, 10)),
    );
  if (/&(?:amp|lt|gt|quot|apos);/.test(text))
    found.push(text.replace(/&(?:lt|gt|quot|apos);/g, ' ').replaceAll('&amp;', '&'));
  if (text.includes('\\')) {
    found.push(
      text
        .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => code(hex, 16)),
      text.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => code(hex, 16)),
      text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, hex: string | undefined, character: string) =>
        hex === undefined ? (jsonEscapes[character] ?? character) : String.fromCharCode(parseInt(hex, 16)),
      ),
    );
  }
  if (/=[0-9a-f]{2}|=\r?\n/i.test(text))
    found.push(
      text
        .replace(/=\r?\n/g, '')
        .replace(/(?:=[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString()),
    );
  return found;
};

/** Returns every text that the bytes can be decoded to. */
function textsOf(bytes: Buffer): string[] {
  const magic = bytes.readUInt16BE(0);
  try {
    if (magic === 0x1f8b) return [gunzipSync(bytes).toString()];
    if (magic >> 8 === 0x78 && magic % 31 === 0) return [inflateSync(bytes).toString()];
  } catch {
    // Only the first bytes look like compressed data.
  }
  const texts = isText(bytes) ? [bytes.toString()] : [];
  const zeros = bytes.filter((byte) => byte === 0).length;
  if (zeros * 3 > bytes.length || isOfFewPages(bytes))
    texts.push(bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le'));
  return texts;
}

/** Returns whether all high bytes of UTF-16 belong to Latin, Cyrillic or Chinese. */
function isOfFewPages(bytes: Buffer): boolean {
  const high = bytes.filter((_, index) => index % 2 === 1);
  return high.length > 3 && high.every((byte) => byte === 0 || byte === 4 || (byte >= 0x4e && byte <= 0x9f));
}

function isText(bytes: Buffer): boolean {
  const odd = bytes.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return odd * 8 <= bytes.length;
}

const runs: Decode = (text) => {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)) {
    const plain = run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
    for (const phase of [0, 1, 2, 3])
      if (plain.length - phase >= 8) found.push(...textsOf(Buffer.from(plain.slice(phase), 'base64')));
    for (const [hex] of run.matchAll(/[0-9a-f]{8,}/gi))
      for (const phase of [0, 1])
        if (hex.length - phase >= 8) found.push(...textsOf(Buffer.from(hex.slice(phase), 'hex')));
  }
  return found;
};

/** Decodes compressed data that is written as one character per byte. */
const packed: Decode = (text) => {
  if (!/[\x78\x1f][\u0001\u005e\u009c\u00da\u008b]/.test(text)) return [];
  const found: string[] = [];
  for (const { index } of text.matchAll(/\x78[\u0001\u005e\u009c\u00da]|\x1f\u008b/g)) {
    try {
      const bytes = Buffer.from(text.slice(index), 'latin1');
      found.push((bytes[0] === 0x78 ? inflateSync(bytes) : gunzipSync(bytes)).toString());
    } catch {
      // Only the first bytes look like compressed data.
    }
  }
  return found;
};

const punycode: Decode = (text) =>
  /xn--/i.test(text) ? [text.replace(/xn--[a-z0-9-]+/gi, (label) => domainToUnicode(label) || label)] : [];

const letters: Decode = (text) => {
  if (!/[^\x00-\x7f]/.test(text)) return [];
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{Cf}\p{Mn}]/gu, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  return [plain, plain.replace(/[^\x00-\x7f]/g, (letter) => latin.get(letter) ?? letter)];
};

const decoders: readonly Decode[] = [percent, plus, escapes, runs, packed, punycode, letters];

/** Returns the text in ROT13 and reversed. */
export function rotatedAndReversed(text: string): string[] {
  const rotated = text.replace(/[a-z]/gi, (letter) => {
    const first = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
  return [rotated, [...text].reverse().join('')];
}
