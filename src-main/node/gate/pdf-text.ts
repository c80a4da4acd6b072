/** The text of each code of a font. `width`: the length of a code in bytes. */
export interface CharacterMap {
  width: number;
  texts: ReadonlyMap<number, string>;
}

/** Returns the character map of a font by its name on the pages. The meaning of a page's strings depends on the current font. */
export type FontMaps = (name: string) => CharacterMap | undefined;

/** No font has more glyphs. */
const rangeLimit = 65_536;

/** Parses a stream that maps codes to text (`/ToUnicode`). Returns undefined for any other stream. */
export function readCharacterMap(text: string): CharacterMap | undefined {
  if (!text.includes('beginbfchar') && !text.includes('beginbfrange')) return undefined;
  const texts = new Map<number, string>();
  const [, space = '0000'] = /begincodespacerange\s*<([0-9a-f]+)>/i.exec(text) ?? [];
  for (const [, body = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of body.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]*)>/gi))
      texts.set(parseInt(code, 16), fromUtf16(to));
  for (const [, body = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) readRanges(body, texts);
  return { width: Math.max(1, space.length >> 1), texts };
}

function readRanges(body: string, texts: Map<number, string>): void {
  const range = /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:<([0-9a-f]*)>|\[([^\]]*)\])/gi;
  for (const [, low = '', high = '', to, list = ''] of body.matchAll(range)) {
    const from = parseInt(low, 16);
    const count = Math.min(rangeLimit, parseInt(high, 16) - from + 1);
    const listed = [...list.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex = '']) => fromUtf16(hex));
    for (let index = 0; index < count; index++) {
      const text = to === undefined ? listed[index] : shift(fromUtf16(to), index);
      if (text !== undefined) texts.set(from + index, text);
    }
  }
}

/** Returns the text with its last character moved `by` code points up. */
function shift(text: string, by: number): string {
  const last = text.codePointAt(text.length - 1) ?? 0;
  const code = last + by;
  return code > 0x10ffff ? text : text.slice(0, -1) + String.fromCodePoint(code);
}

function fromUtf16(hex: string): string {
  return Buffer.from(hex.length % 4 === 0 ? hex : hex.padStart(4, '0'), 'hex')
    .swap16()
    .toString('utf16le');
}

/** `/F4 16 Tf` selects a font for the text that follows. */
const fontChange = /\/([^\s/<>[\]()]+)\s+[\d.]+\s+Tf\b/y;

/**
 * Returns the strings `(…)` and `<…>` of PDF syntax in order, decoded with the given map or that of the current font. Without a map,
 * returns their own characters.
 */
export function readStrings(text: string, maps?: CharacterMap | FontMaps): string[] {
  const found: string[] = [];
  let map = typeof maps === 'function' ? undefined : maps;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '/' && typeof maps === 'function') {
      fontChange.lastIndex = at;
      const [, font] = fontChange.exec(text) ?? [];
      if (font !== undefined) map = maps(font);
    } else if (text[at] === '(') {
      const { bytes, end } = readLiteral(text, at + 1);
      found.push(toText(bytes, map));
      at = end;
    } else if (text[at] === '<' && text[at + 1] !== '<') {
      const end = text.indexOf('>', at);
      if (end < 0) break;
      const hex = text.slice(at + 1, end).replace(/\s/g, '');
      if (/^[0-9a-f]*$/i.test(hex)) {
        found.push(toText(Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex'), map));
        at = end;
      }
    }
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Reads a string in parentheses, which may contain balanced parentheses and escapes. `end`: the offset of the closing one. */
function readLiteral(text: string, from: number): { bytes: Buffer; end: number } {
  let read = '';
  let depth = 1;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\\') {
      const [octal] = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4)) ?? [];
      const next = text[at + 1] ?? '';
      if (octal !== undefined) read += String.fromCharCode(parseInt(octal, 8) & 0xff);
      else if (next !== '\n' && next !== '\r') read += escapes[next] ?? next;
      at += octal?.length ?? 1;
      continue;
    }
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) break;
    read += character;
  }
  return { bytes: Buffer.from(read, 'latin1'), end: at };
}

function toText(bytes: Buffer, map: CharacterMap | undefined): string {
  if (map) {
    let text = '';
    for (let at = 0; at + map.width <= bytes.length; at += map.width)
      text += map.texts.get(bytes.readUIntBE(at, map.width)) ?? '\u0001';
    return text;
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return bytes.toString(bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf8' : 'latin1');
}
