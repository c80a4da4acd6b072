import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CasementError } from '../../contract/errors';
import { isGzip } from '../../core/bytes';
import { unreadableWords } from '../../contract/words/recording';
import type { RecordingPart } from '../../core/sources/source';

const lineBreak = new Uint8Array([0x0a]);

/**
 * Yields the decompressed documents of a recording, each followed by a line break, as in one file. Keeps no document in
 * memory. Throws the source's errors, and `recording-unreadable` if a compressed document is damaged.
 */
export async function* plainDocuments(parts: AsyncIterable<RecordingPart>): AsyncGenerator<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  try {
    for (;;) {
      const document = new DocumentParts(iterator);
      const head = await document.head();
      if (!head) return;
      const pieces = document.pieces(head);
      yield* isGzip(head) ? unpacked(pieces) : pieces;
      if (head.length > 0) yield lineBreak;
    }
  } finally {
    await iterator.return?.();
  }
}

/** The parts of one document. */
class DocumentParts {
  private hasEnded = false;

  constructor(private readonly iterator: AsyncIterator<RecordingPart>) {}

  /** Returns at least its first two bytes, if it has that many; undefined if there is no further document. */
  async head(): Promise<Uint8Array | undefined> {
    let head: Uint8Array | undefined;
    while (!this.hasEnded && (head?.length ?? 0) < 2) {
      const next = await this.next();
      if (!next) break;
      head = head ? Buffer.concat([head, next]) : next;
    }
    return head;
  }

  async *pieces(head: Uint8Array): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await this.next(); next; next = await this.next()) yield next;
  }

  private async next(): Promise<Uint8Array | undefined> {
    if (this.hasEnded) return undefined;
    const step = await this.iterator.next();
    this.hasEnded = step.done === true || step.value.isDocumentEnd;
    return step.done === true ? undefined : step.value.bytes;
  }
}

async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let failure: Error | undefined;
  // Distinguishes an error of the source from damage in its data.
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  const packed = Readable.from(watched());
  const gunzip = createGunzip();
  packed.once('error', (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch {
    if (failure) throw failure;
    throw new CasementError('recording-unreadable', { reason: unreadableWords.compressed });
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
