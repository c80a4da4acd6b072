import { gunzipSync, inflateRawSync } from 'node:zlib';
import { textsOfPdf } from './unpack-pdf';

/** A piece of an unpacked export. */
export interface Piece {
  /** Its location in the export, for reports. */
  location: string;
  text: string;
}

/**
 * Yields all contents of an artifact: the entries of archives with their names and comments, and the bytes around them. `own` is the code of
 * the replay page, which is the same in all exports and is left out.
 */
export function* unpackArtifact(bytes: Buffer, location: string, own: readonly string[] = []): Generator<Piece> {
  if (bytes.length < 4) yield { location, text: bytes.toString() };
  else if (bytes.readUInt32BE(0) === 0x504b0304) yield* unpackZip(bytes, location, own);
  else if (bytes.readUInt16BE(0) === 0x1f8b) {
    yield { location: `${location}, header`, text: bytes.toString('latin1', 0, 500) };
    yield* unpackArtifact(gunzipSync(bytes), location, own);
  } else if (bytes.toString('latin1', 0, 5) === '%PDF-') {
    for (const text of textsOfPdf(bytes)) yield { location, text };
  } else yield { location, text: own.reduce((text, part) => text.replace(part, '\n'), bytes.toString()) };
}

function* unpackZip(bytes: Buffer, location: string, own: readonly string[]): Generator<Piece> {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  let at = bytes.readUInt32LE(end + 16);
  // Names, comments and extra fields are searched as plain bytes.
  yield { location: `${location}, directory`, text: bytes.toString('utf8', at) };
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    const content = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data;
    yield* unpackArtifact(content, `${location}, ${path}`, own);
    at += 46 + name + extra + comment;
  }
}

const endOfString = /["<>\n\r]+/;

/**
 * Returns the texts in a piece, each once: strings and keys of JSON, cells, and texts between tags. Also returns all visible texts joined,
 * because a value can be split into several nodes.
 */
export function textsIn(piece: string): Set<string> {
  const texts = new Set(piece.split(endOfString));
  for (const json of jsonIn(piece)) readStrings(json, texts);
  if (/^\s*</.test(piece)) texts.add(piece.replace(/<[^>]*>/g, ''));
  if (/=\r?\n/.test(piece)) texts.add(piece);
  return texts;
}

function* jsonIn(piece: string): Generator<unknown> {
  const embedded = [...piece.matchAll(/<script[^>]*application\/json[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, json = '']) => json,
  );
  for (const text of [piece, ...piece.split('\n'), ...embedded]) {
    if (!/^\s*[[{]/.test(text)) continue;
    try {
      yield JSON.parse(text) as unknown;
    } catch {
      // Not JSON, or a part of a longer JSON text.
    }
  }
}

/** Keys of visible texts, which are joined. */
const shown: ReadonlySet<string> = new Set(['textContent', 'value', 'text']);

function readStrings(top: unknown, texts: Set<string>): void {
  const joined: string[] = [];
  const read = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      texts.add(value);
      if (shown.has(key)) joined.push(value);
    } else if (typeof value === 'number') texts.add(String(value));
    else if (Array.isArray(value)) for (const item of value as unknown[]) read(item, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) {
        texts.add(name);
        read(item, name);
      }
  };
  read(top, '');
  texts.add(joined.join(''));
}
