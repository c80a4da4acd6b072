import { gunzipSync } from 'node:zlib';
import type { RecordingPart } from '../../src-main/core/sources/source';

/** The documents that parts are pieces of, each unpacked. A document that doesn't end is an error of the source's. */
export function splitDocuments(parts: readonly RecordingPart[]): Buffer[] {
  const documents: Buffer[] = [];
  let pieces: Uint8Array[] = [];
  for (const { bytes, isDocumentEnd } of parts) {
    pieces.push(bytes);
    if (!isDocumentEnd) continue;
    const document = Buffer.concat(pieces);
    pieces = [];
    if (document.length === 0) continue;
    documents.push(document[0] === 0x1f && document[1] === 0x8b ? gunzipSync(document) : document);
  }
  if (pieces.some(({ length }) => length > 0)) throw new Error('the last document has no end');
  return documents;
}

/** The documents as one sequence of values, a line break between each two, as a reader takes them. */
export function joinDocuments(parts: readonly RecordingPart[]): Buffer {
  return Buffer.concat(splitDocuments(parts).flatMap((document) => [document, Buffer.from('\n')]));
}
