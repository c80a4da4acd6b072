import { gunzipSync } from 'node:zlib';
import type { RecordingPart } from '../../src-main/core/sources/source';

/** Returns the documents that the parts make up, each unpacked. Throws if the last one is incomplete, which is an error of the source. */
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

/** Returns the documents as the parser reads them: one sequence of values, separated by line breaks. */
export function joinDocuments(parts: readonly RecordingPart[]): Buffer {
  return Buffer.concat(splitDocuments(parts).flatMap((document) => [document, Buffer.from('\n')]));
}
