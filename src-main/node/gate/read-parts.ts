import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { gateWords } from '../../contract/words/gate';
import { isFlatImage } from './flat-image';
import { withoutOwn, type OwnParts } from './own';
import { readPdf } from './read-pdf';
import { readZip } from './read-zip';
import { inMemory, type Part, type Source } from './source';

/** The largest decompressed size of a file, bytes, and the maximum nesting of containers. */
const unpackedLimit = 1024 * 2 ** 20;
const depthLimit = 4;
/** Larger archives need ZIP64, which is not supported here, bytes. */
const fileLimit = 4 * 2 ** 30;

/**
 * Yields the parts of a finished file: entries of archives, streams of PDFs, texts of pages, names and comments. The first bytes decide
 * the file's type, never its name. A file of unknown type is opaque. Casement's own parts are skipped.
 */
export function* readParts(source: Source, name: string, own: OwnParts, depth = 0): Generator<Part> {
  const head = source.read(0, 8);
  if (depth > depthLimit || source.length > fileLimit) yield { name, isOpaque: true };
  else if (startsWith(head, 'PK\u0003\u0004') || startsWith(head, 'PK\u0005\u0006'))
    yield* readArchive(source, name, own, depth);
  else yield* readFile(withoutOwn(own, source.read(0, source.length)), name, own, depth);
}

function* readFile(file: Buffer, name: string, own: OwnParts, depth: number): Generator<Part> {
  if (startsWith(file, '\u001f\u008b')) yield* readGzip(file, name, own, depth);
  else if (startsWith(file, '%PDF-')) yield* readPdf(file, name, own);
  else if (isFlatImage(file)) return;
  else if (startsWith(file, '\u00ff\u00fe') || startsWith(file, '\u00fe\u00ff')) yield { name, bytes: fromUtf16(file) };
  else if (isUtf8(file)) yield* readText(file, name);
  else yield { name, isOpaque: true };
}

function startsWith(file: Buffer, start: string): boolean {
  return file.subarray(0, start.length).equals(Buffer.from(start, 'latin1'));
}

function* readText(file: Buffer, name: string): Generator<Part> {
  yield { name, bytes: file };
  // Also without tags: a tag may split a value.
  if (/^\s*<(?:!doctype html|html|svg|\?xml)/i.test(file.toString('utf8', 0, 200)))
    yield { name: gateWords.textOf(name), bytes: Buffer.from(withoutTags(file.toString('latin1')), 'latin1') };
}

/** The number of characters on each side of a tag that are read a second time. It exceeds the length of any value and of its encodings. */
const besideTag = 65_536;

/**
 * Returns a text without tags, one character for each byte. Long stretches without a tag, such as the data of a replay page, are cut to their
 * ends, because the rest was read already.
 */
function withoutTags(text: string): string {
  const kept: string[] = [];
  let from = 0;
  const keep = (end: number): void => {
    if (end - from <= 2 * besideTag) kept.push(text.slice(from, end));
    else kept.push(text.slice(from, from + besideTag), '\n', text.slice(end - besideTag, end));
  };
  for (const { index, 0: tag } of text.matchAll(/<[^>]{0,100000}>/g)) {
    keep(index);
    from = index + tag.length;
  }
  keep(text.length);
  return kept.join('');
}

function fromUtf16(file: Buffer): Buffer {
  const body = Buffer.from(file.subarray(2, file.length & ~1));
  return Buffer.from((file[0] === 0xff ? body : body.swap16()).toString('utf16le'));
}

function* readGzip(file: Buffer, name: string, own: OwnParts, depth: number): Generator<Part> {
  // The header may contain a file name and a comment as text.
  yield {
    name: gateWords.headerOf(name),
    bytes: Buffer.from(file.toString('latin1', 10, 2000).replace(/[^\x20-\x7e]/g, '\n')),
  };
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(file, { maxOutputLength: unpackedLimit });
  } catch {
    yield { name, isOpaque: true };
    return;
  }
  yield* readParts(inMemory(unpacked), name, own, depth + 1);
}

function* readArchive(file: Source, name: string, own: OwnParts, depth: number): Generator<Part> {
  const archive = readZip(file, unpackedLimit);
  if (!archive) {
    yield { name, isOpaque: true };
    return;
  }
  yield { name: gateWords.entryNamesOf(name), bytes: archive.names };
  for (const entry of archive.entries()) {
    const entryName = gateWords.entryOf(name, entry.name);
    if (entry.bytes) yield* readParts(inMemory(entry.bytes), entryName, own, depth + 1);
    else yield { name: entryName, isOpaque: true };
  }
}
