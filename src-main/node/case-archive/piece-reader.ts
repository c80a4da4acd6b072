import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { ScratchStore } from '../../core/recording/normalise/normalise';

/** A part of a file in a store. */
export interface Piece {
  ref: number;
  bytes: number;
}

/** Lets yauzl read a ZIP that is stored in pieces. */
export class PieceReader extends RandomAccessReader {
  constructor(
    private readonly pieces: readonly Piece[],
    private readonly scratch: Pick<ScratchStore, 'read'>,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end), { objectMode: false });
  }

  private async *range(start: number, end: number): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (const { ref, bytes } of this.pieces) {
      if (at >= end) return;
      if (at + bytes > start) {
        const piece = await this.scratch.read(ref);
        yield piece.subarray(Math.max(0, start - at), Math.min(bytes, end - at));
      }
      at += bytes;
    }
  }
}
