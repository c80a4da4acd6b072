import { inflateSync } from 'node:zlib';

/**
 * Yields the texts of a PDF that Chromium printed: the strings that its pages draw, decoded with their current font, and the strings of its
 * outline and structure. Drawn text is yielded in overlapping pieces of bounded length, because decoders process a complete text at once.
 */
export function* textsOfPdf(pdf: Buffer): Generator<string> {
  const whole = pdf.toString('latin1');
  const bodies = new Map([...whole.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map(([, id, body = '']) => [id, body]));
  const streams = new Map([...bodies].flatMap(([id, body]) => contentOf(body).map((content) => [id, content])));
  const fontOf = (name: string): Glyphs | undefined => {
    const [, id] = new RegExp(`/${name} (\\d+) 0 R`).exec(whole) ?? [];
    const [, map] = /\/ToUnicode (\d+) 0 R/.exec(bodies.get(id) ?? '') ?? [];
    return map === undefined ? undefined : glyphsOf(streams.get(map) ?? '');
  };
  const fonts = new Map<string, Glyphs | undefined>();
  for (const content of [...streams.values(), ...bodies.values()]) {
    let drawn = '';
    let font: Glyphs | undefined;
    for (const [, name, hex, literal] of content.matchAll(
      /\/(\w+) [\d.]+ Tf|<([0-9a-f]+)>|\(((?:\\[\s\S]|[^\\)])*)\)/gi,
    )) {
      if (name !== undefined) {
        if (!fonts.has(name)) fonts.set(name, fontOf(name));
        font = fonts.get(name);
      } else {
        const bytes = hex === undefined ? unescaped(literal ?? '') : Buffer.from(hex, 'hex');
        if (font) drawn += draw(bytes, font);
        else yield* [bytes.toString('latin1'), textInUtf16(bytes)];
      }
    }
    yield* piecesOf(drawn);
  }
}

/** The text of each character code. `size` is the length of a code in bytes. */
interface Glyphs {
  size: number;
  texts: Map<number, string>;
}

function contentOf(body: string): string[] {
  const [, data] = /stream\r?\n([\s\S]*)endstream/.exec(body) ?? [];
  if (data === undefined) return [];
  try {
    return [inflateSync(Buffer.from(data, 'latin1')).toString('latin1')];
  } catch {
    return [data];
  }
}

function glyphsOf(map: string): Glyphs {
  const texts = new Map<number, string>();
  const textAt = (hex: string, further = 0): string => {
    const units = hex.match(/.{4}/g)?.map((unit) => parseInt(unit, 16)) ?? [];
    return String.fromCharCode(...units.slice(0, -1), (units.at(-1) ?? 0) + further);
  };
  for (const [, body = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', first = ''] of body.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++)
        texts.set(code, textAt(first, code - parseInt(from, 16)));
  for (const [, body = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of body.matchAll(/<(\w+)> <(\w+)>/g))
      texts.set(parseInt(code, 16), textAt(text));
  return { size: /begincodespacerange\s*<00>/.test(map) ? 1 : 2, texts };
}

function draw(bytes: Buffer, { size, texts }: Glyphs): string {
  let text = '';
  for (let at = 0; at + size <= bytes.length; at += size) text += texts.get(bytes.readUIntBE(at, size)) ?? '';
  return text;
}

const pieceLength = 1200;
/** The number of characters that two adjacent pieces share. */
const overlap = 400;

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at === 0 || at + overlap < text.length; at += pieceLength - overlap)
    yield text.slice(at, at + pieceLength);
}

function textInUtf16(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(literal: string): Buffer {
  const text = literal.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, character: string) =>
    octal === undefined ? (escapes[character] ?? character) : String.fromCharCode(parseInt(octal, 8) & 255),
  );
  return Buffer.from(text, 'latin1');
}
