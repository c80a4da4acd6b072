import { createHash } from 'node:crypto';
import { openText, type RecordingInput } from '../../core/recording/parse/input';
import { inflatePorts } from './inflate-ports';

const lineBreak = new Uint8Array([0x0a]);
const lineFeed = 0x0a;

/** The documents of a recording that were read. */
export interface DocumentTally {
  documents: number;
  /** Compressed documents that can't be read to their end. What precedes the damage is kept. */
  damaged: number;
}

/** Changes the text of one document after the other. */
type DocumentFilter = (document: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * Yields the decompressed documents of a recording, each followed by a line break, as in one file. Keeps no document in memory, and counts
 * them in `tally`. A damaged document doesn't stop the others. Throws the errors of the inputs.
 */
export async function* plainDocuments(
  documents: Iterable<RecordingInput>,
  tally: DocumentTally,
  filter: DocumentFilter = (document) => document,
): AsyncGenerator<Uint8Array> {
  for (const document of documents) {
    let isDamaged = false;
    let isEmpty = true;
    const text = openText(document, inflatePorts, (damage) => (isDamaged = damage !== 'trailing'));
    for await (const piece of filter(text)) {
      isEmpty &&= piece.length === 0;
      yield piece;
    }
    if (!isEmpty) yield lineBreak;
    if (!isEmpty || isDamaged) tally.documents++;
    if (isDamaged) tally.damaged++;
  }
}

/**
 * Returns a filter that drops the lines that an earlier document has, too: a platform may return a block twice. Equal lines within one
 * document are kept.
 */
export function withoutRepeats(): DocumentFilter {
  const earlier = new Set<string>();
  return async function* (document) {
    const own = new Set<string>();
    let line: Uint8Array[] = [];
    const isNew = (): boolean => {
      const hash = createHash('sha256');
      for (const piece of line) hash.update(piece);
      const digest = hash.digest('base64').slice(0, 22);
      own.add(digest);
      return !earlier.has(digest);
    };
    for await (const bytes of document) {
      const kept: Uint8Array[] = [];
      let start = 0;
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
        line.push(bytes.subarray(start, end));
        if (isNew()) kept.push(...line, lineBreak);
        line = [];
        start = end + 1;
      }
      if (start < bytes.length) line.push(bytes.subarray(start));
      if (kept.length > 0) yield Buffer.concat(kept);
    }
    if (line.length > 0 && isNew()) yield Buffer.concat(line);
    for (const digest of own) earlier.add(digest);
  };
}
