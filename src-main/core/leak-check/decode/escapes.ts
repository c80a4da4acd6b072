/** Percent, entity and backslash encoding. One call decodes one layer; the result may be encoded again. */

const quote = 0x22;
const percent = 0x25;
const ampersand = 0x26;
const semicolon = 0x3b;
const equals = 0x3d;
const backslash = 0x5c;

/** The names of U+00A0 to U+00FF in HTML, in order. */
const latin1Names =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1
  ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring
  aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc
  uuml yacute thorn yuml`.split(/\s+/);
const namedEntities: ReadonlyMap<string, string> = new Map([
  ...latin1Names.map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...Object.entries({
    amp: '&',
    AMP: '&',
    lt: '<',
    LT: '<',
    gt: '>',
    GT: '>',
    quot: '"',
    QUOT: '"',
    apos: "'",
    commat: '@',
    period: '.',
    comma: ',',
    colon: ':',
    sol: '/',
    bsol: '\\',
    num: '#',
    plus: '+',
    percnt: '%',
    equals: '=',
    lowbar: '_',
    hyphen: '‐',
    dash: '‐',
    ndash: '–',
    mdash: '—',
    lpar: '(',
    rpar: ')',
    Tab: '\t',
    NewLine: '\n',
    zwnj: '\u200c',
    zwj: '\u200d',
    ensp: '\u2002',
    thinsp: '\u2009',
    scaron: 'š',
    Scaron: 'Š',
    zcaron: 'ž',
    Zcaron: 'Ž',
    ccaron: 'č',
    Ccaron: 'Č',
    lstrok: 'ł',
    Lstrok: 'Ł',
    oelig: 'œ',
    OElig: 'Œ',
  }),
]);
const simpleEscapes: ReadonlyMap<number, string> = new Map([
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x76, '\v'],
  [0x2f, '/'],
  [0x27, "'"],
  [quote, '"'],
  [backslash, '\\'],
]);

const encoder = new TextEncoder();

/** Quotes, line ends, tabs and slashes as JSON writes them. */
const plainEscapes: ReadonlySet<number> = new Set([...'"nrtbf/'].map((letter) => letter.charCodeAt(0)));

/**
 * Returns true if an encoded character that hides a value may begin here. Cheap, since it is called for every `%`, `&` and `\\`. The
 * escapes that JSON needs hide nothing: the gate also searches for values in the form that JSON gives them.
 */
export function mayBeEscape(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] ?? 0;
  if (bytes[at] === percent) return hexDigit(next) >= 0 && hexDigit(bytes[at + 2] ?? 0) >= 0;
  if (bytes[at] === ampersand) return next === 0x23 || (next | 0x20) >= 0x61;
  return !plainEscapes.has(next);
}

/** Decodes one layer. Returns undefined if there is none. */
export function decodeEscapes(bytes: Uint8Array): Uint8Array | undefined {
  // No encoded character becomes longer.
  const decoded = new Uint8Array(bytes.length + 4);
  let length = 0;
  let isChanged = false;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] as number;
    const read = byte === percent || byte === ampersand || byte === backslash ? readEscape(byte, bytes, at) : undefined;
    if (!read) {
      decoded[length++] = byte;
      at++;
      continue;
    }
    isChanged = true;
    at += read.length;
    if (typeof read.value === 'number') decoded[length++] = read.value;
    else {
      const written = encoder.encode(read.value);
      decoded.set(written, length);
      length += written.length;
    }
  }
  return isChanged ? decoded.subarray(0, length) : undefined;
}

/** A byte, or characters, and how many bytes it was written in. */
interface Read {
  value: number | string;
  length: number;
}

function readEscape(mark: number, bytes: Uint8Array, at: number): Read | undefined {
  if (mark === percent) return readPercent(bytes, at);
  return mark === ampersand ? readEntity(bytes, at) : readBackslash(bytes, at);
}

export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function hexAt(bytes: Uint8Array, at: number, digits: number): number | undefined {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexDigit(bytes[index] ?? 0);
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

/** `%XX`, and the old `%uXXXX` of scripts. */
function readPercent(bytes: Uint8Array, at: number): Read | undefined {
  if (bytes[at + 1] === 0x75) {
    const code = hexAt(bytes, at + 2, 4);
    return code === undefined ? undefined : { value: String.fromCharCode(code), length: 6 };
  }
  const value = hexAt(bytes, at + 1, 2);
  return value === undefined ? undefined : { value, length: 3 };
}

function readEntity(bytes: Uint8Array, at: number): Read | undefined {
  if (bytes[at + 1] === 0x23) return readNumericEntity(bytes, at);
  const end = bytes.subarray(at, at + 12).indexOf(semicolon);
  if (end < 2) return undefined;
  const name = String.fromCharCode(...bytes.subarray(at + 1, at + end));
  const value = namedEntities.get(name) ?? composedEntity(name);
  return value === undefined ? undefined : { value, length: end + 1 };
}

/** Zeros before the number mean nothing, so it may have more digits. */
const entityDigits = 16;

/** Reads `&#NNN;` and `&#xHHH;`. Browsers read it without a semicolon as well. */
function readNumericEntity(bytes: Uint8Array, at: number): Read | undefined {
  const isHex = ((bytes[at + 2] ?? 0) | 0x20) === 0x78;
  const start = at + (isHex ? 3 : 2);
  let end = start;
  let code = 0;
  for (; end - start < entityDigits; end++) {
    const digit = hexDigit(bytes[end] ?? 0);
    if (digit < 0 || (!isHex && digit > 9)) break;
    code = code * (isHex ? 16 : 10) + digit;
  }
  if (end === start || code > 0x10ffff) return undefined;
  return { value: String.fromCodePoint(code), length: end - at + (bytes[end] === semicolon ? 1 : 0) };
}

/** The marks in the names of letters such as `&cacute;`. */
const marks: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  macr: '\u0304',
  breve: '\u0306',
  dot: '\u0307',
  uml: '\u0308',
  ring: '\u030a',
  dblac: '\u030b',
  caron: '\u030c',
  cedil: '\u0327',
  ogon: '\u0328',
};

/** Returns the letter with a mark that an entity names. */
function composedEntity(name: string): string | undefined {
  const [, letter = '', mark = ''] = /^([A-Za-z])([a-z]{3,5})$/.exec(name) ?? [];
  const composed = Object.hasOwn(marks, mark) ? `${letter}${marks[mark] ?? ''}`.normalize('NFC') : '';
  return [...composed].length === 1 && composed !== letter ? composed : undefined;
}

/** Reads `\uXXXX` (also as a surrogate pair), `\u{X}`, `\xXX`, the short escapes of JSON, and those of Markdown and Jira. */
function readBackslash(bytes: Uint8Array, at: number): Read | undefined {
  const kind = bytes[at + 1] ?? 0;
  if (kind === 0x75 || kind === 0x55) return readUnicode(bytes, at);
  if (kind === 0x78) {
    const code = hexAt(bytes, at + 2, 2);
    if (code === undefined) return undefined;
    return { value: isUtf8At(bytes, at, code) ? code : String.fromCharCode(code), length: 4 };
  }
  const simple = simpleEscapes.get(kind);
  if (simple !== undefined) return { value: simple, length: 2 };
  return isPunctuation(kind) ? { value: kind, length: 2 + emptyCommentAt(bytes, at + 2) } : undefined;
}

/** Returns whether `\xHH` is one byte of a letter in UTF-8: further bytes stand beside it in the same way. */
function isUtf8At(bytes: Uint8Array, at: number, code: number): boolean {
  if (code < 0x80) return false;
  const other = code >= 0xc0 ? at + 4 : at - 4;
  const isEscape = other >= 0 && bytes[other] === backslash && bytes[other + 1] === 0x78;
  const beside = isEscape ? hexAt(bytes, other + 2, 2) : undefined;
  return beside !== undefined && (code >= 0xc0 ? beside >= 0x80 && beside < 0xc0 : beside >= 0x80);
}

function isPunctuation(byte: number): boolean {
  const lower = byte | 0x20;
  return byte > 0x20 && byte < 0x7f && !(byte >= 0x30 && byte <= 0x39) && !(lower >= 0x61 && lower <= 0x7a);
}

const emptyComment = new TextEncoder().encode('<!-- -->');

/** Returns the length of the empty comment that Markdown exports write after `@` and `#` to prevent links; 0 if there is none. */
function emptyCommentAt(bytes: Uint8Array, at: number): number {
  return emptyComment.every((byte, index) => bytes[at + index] === byte) ? emptyComment.length : 0;
}

function readUnicode(bytes: Uint8Array, at: number): Read | undefined {
  if (bytes[at + 2] === 0x7b) {
    const end = bytes.subarray(at + 3, at + 10).indexOf(0x7d);
    const code = end < 1 ? undefined : hexAt(bytes, at + 3, end);
    return code === undefined || code > 0x10ffff ? undefined : { value: String.fromCodePoint(code), length: end + 4 };
  }
  const code = hexAt(bytes, at + 2, 4);
  if (code === undefined) return undefined;
  const isHigh = code >= 0xd800 && code <= 0xdbff && bytes[at + 6] === backslash && (bytes[at + 7] ?? 0) === 0x75;
  const low = isHigh ? hexAt(bytes, at + 8, 4) : undefined;
  return low === undefined
    ? { value: String.fromCharCode(code), length: 6 }
    : { value: String.fromCharCode(code, low), length: 12 };
}

/** Decodes `=XX` and soft line breaks, as in mails. Returns undefined if there are none. Separate, since addresses hold `=` as well. */
export function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array | undefined {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  let isChanged = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const value = byte === equals ? hexAt(bytes, at + 1, 2) : undefined;
    const isBreak = byte === equals && value === undefined && (bytes[at + 1] === 0x0a || bytes[at + 1] === 0x0d);
    if (value !== undefined) {
      decoded[length++] = value;
      at += 2;
    } else if (isBreak) at += bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a ? 2 : 1;
    else decoded[length++] = byte;
    isChanged ||= value !== undefined || isBreak;
  }
  return isChanged ? decoded.subarray(0, length) : undefined;
}
