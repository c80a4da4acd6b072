import { inflateSync, constants } from 'node:zlib';
import { gateWords } from '../../contract/words/gate';
import { isFlatImage } from './flat-image';
import { hashOf, type OwnParts } from './own';
import { readFonts } from './pdf-fonts';
import { readCharacterMap, readStrings, type CharacterMap, type FontMaps } from './pdf-text';
import type { Part } from './source';

/** The largest decompressed size of one stream, bytes. */
const streamLimit = 256 * 2 ** 20;

interface Stream {
  /** The number of its object. */
  id: number;
  dictionary: string;
  /** As in the file. */
  packed: Buffer;
  /** Decoded; undefined if a filter is unknown or the data is damaged. */
  bytes: Buffer | undefined;
}

/**
 * Yields the texts of a PDF: the text of its pages, decoded with each of its character maps; its metadata, outlines and annotations; and
 * the contents of its streams. Encrypted PDFs are opaque, and so are images of more than one colour. A PDF contains JPEGs unchanged, so
 * Casement's own are recognised and skipped.
 */
export function* readPdf(file: Buffer, name: string, { images }: OwnParts): Generator<Part> {
  const text = file.toString('latin1');
  if (/\/Encrypt\b/.test(text)) {
    yield { name, isOpaque: true };
    return;
  }
  const streams = [...readStreams(file, text)];
  const outside = text.replace(/\bstream\r?\n[\s\S]*?\bendstream\b/g, '');
  const maps = new Map<number, CharacterMap>();
  for (const { id, dictionary, bytes } of streams) {
    const map = bytes && !isBinary(dictionary) ? readCharacterMap(bytes.toString('latin1')) : undefined;
    if (map) maps.set(id, map);
  }
  // Each string is also decoded with each map: the font may be selected in a way that is not recognised here.
  const decodings = [undefined, ...readFonts(outside, maps), ...maps.values()];
  for (const { dictionary, packed, bytes } of streams) {
    if (isImage(dictionary) && images.has(hashOf(packed))) continue;
    if (!bytes) yield { name: gateWords.pdf.stream(name), isOpaque: true };
    else if (isImage(dictionary)) {
      if (!isFlat(bytes)) yield { name: gateWords.pdf.image(name), isOpaque: true };
    } else if (isFont(dictionary)) yield { name: gateWords.pdf.font(name), bytes: printable(bytes) };
    else if (isColourProfile(bytes)) yield { name: gateWords.pdf.colourProfile(name), bytes: printable(bytes) };
    else if (/\/Type\s*\/Metadata\b/.test(dictionary)) yield { name: gateWords.pdf.metadata(name), bytes };
    else if (!/\/Type\s*\/XRef\b/.test(dictionary)) yield* readStream(bytes, decodings, name);
  }
  yield* readObjects(outside, [undefined], gateWords.pdf.metadata(name));
}

type Decoding = CharacterMap | FontMaps | undefined;

function* readStream(bytes: Buffer, decodings: readonly Decoding[], name: string): Generator<Part> {
  const text = bytes.toString('latin1');
  yield { name: gateWords.pdf.stream(name), bytes: Buffer.from(text.replace(operand, '0'), 'latin1') };
  yield* readObjects(text, decodings, gateWords.pdf.pageText(name));
}

/** An operand of PDF syntax, such as a coordinate. A page has thousands; text is in strings instead. */
const operand = /(?<![^\s[\]])[+-]?(?:\d{1,6}(?:\.\d*)?|\.\d+)(?![^\s[\]])/g;

/** Yields the strings of PDF syntax, joined with and without spaces, because the end of a string need not be the end of a word. */
function* readObjects(text: string, decodings: readonly Decoding[], name: string): Generator<Part> {
  if (!/[(<]/.test(text)) return;
  for (const decoding of decodings) {
    const strings = readStrings(text, decoding);
    for (const joint of ['', ' ', '\n']) yield { name, bytes: Buffer.from(strings.join(joint)) };
  }
}

function* readStreams(file: Buffer, text: string): Generator<Stream> {
  const start = /\bstream(?:\r\n|\n)/g;
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const begin = Math.max(text.lastIndexOf(' obj', found.index), 0);
    const dictionary = text.slice(begin, found.index);
    const id = Number(/(\d+)\s+\d+$/.exec(text.slice(Math.max(0, begin - 30), begin))?.[1]);
    const from = found.index + found[0].length;
    const stated = /\/Length\s+(\d+)\b(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
    const end = stated === undefined ? text.indexOf('endstream', from) : from + Number(stated);
    if (end < 0) return;
    const packed = file.subarray(from, end);
    yield { id, dictionary, packed, bytes: unfilter(packed, dictionary) };
    start.lastIndex = end;
  }
}

function unfilter(bytes: Buffer, dictionary: string): Buffer | undefined {
  const [, named = ''] = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary) ?? [];
  let data: Buffer | undefined = bytes;
  for (const [, filter] of named.matchAll(/\/(\w+)/g)) data = data && decodeFilter(data, filter ?? '');
  return data;
}

function decodeFilter(bytes: Buffer, filter: string): Buffer | undefined {
  if (filter === 'ASCIIHexDecode') return Buffer.from(bytes.toString('latin1').replace(/[^0-9a-f]/gi, ''), 'hex');
  if (filter === 'ASCII85Decode') return decodeAscii85(bytes.toString('latin1'));
  if (filter !== 'FlateDecode') return undefined;
  try {
    return inflateSync(bytes, { maxOutputLength: streamLimit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

function decodeAscii85(text: string): Buffer {
  const bytes: number[] = [];
  let group: number[] = [];
  const flush = (): void => {
    const count = group.length;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let index = 0; index < count - 1; index++) bytes.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
    group = [];
  };
  for (const character of text.replace(/\s|^<~|~>[\s\S]*$/g, '')) {
    if (character === 'z' && group.length === 0) bytes.push(0, 0, 0, 0);
    else group.push(character.charCodeAt(0) - 33);
    if (group.length === 5) flush();
  }
  if (group.length > 1) flush();
  return Buffer.from(bytes);
}

function isFont(dictionary: string): boolean {
  return /\/Length1\b|\/Subtype\s*\/(?:Type1C|CIDFontType0C|OpenType)\b/.test(dictionary);
}

/** Returns true for a small ICC profile: a few numbers, and texts, which are checked. */
function isColourProfile(bytes: Buffer): boolean {
  const isSmall = bytes.length >= 128 && bytes.length <= 4096;
  return isSmall && bytes.readUInt32BE(0) === bytes.length && bytes.toString('latin1', 36, 40) === 'acsp';
}

function isImage(dictionary: string): boolean {
  return /\/Subtype\s*\/Image\b/.test(dictionary);
}

function isBinary(dictionary: string): boolean {
  return isFont(dictionary) || isImage(dictionary) || /\/Type\s*\/XRef\b/.test(dictionary);
}

/** Returns true for pixels of a single colour, or a PNG of them. */
function isFlat(bytes: Buffer): boolean {
  return isFlatImage(bytes) || [1, 3, 4].some((size) => bytes.every((byte, index) => byte === bytes[index % size]));
}

function printable(bytes: Buffer): Buffer {
  return Buffer.from(
    bytes
      .toString('latin1')
      .replace(/\0/g, '')
      .replace(/[^\x20-\x7e]+/g, '\n'),
  );
}
