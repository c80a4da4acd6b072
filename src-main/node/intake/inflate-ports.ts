import { createGunzip, gunzipSync, inflateSync } from 'node:zlib';
import { CasementError } from '../../contract/errors';
import { unreadableWords } from '../../contract/words/recording';
import type { GzipDamage, InflatePorts } from '../../core/recording/parse';

/** Compressed bytes per zlib call. */
const pieceBytes = 1 << 14;
/** Smaller steps around damage, one for each further attempt. */
const salvageSteps: readonly number[] = [128, 1];

/** Node's zlib behind the parser's interface, with limits and error codes. */
export const inflatePorts: InflatePorts = {
  gunzip: (bytes, limit) => bounded(limit, () => gunzipSync(bytes, { maxOutputLength: limit })),
  inflate: (bytes, limit) => bounded(limit, () => inflateSync(bytes, { maxOutputLength: limit })),
  gunzipStream,
};

function bounded(limit: number, inflate: () => Uint8Array): Uint8Array {
  try {
    return inflate();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new CasementError('recording-too-large', { limit: `${Math.round(limit / 1e6)} MB` });
    }
    if (code === 'Z_BUF_ERROR') throw new CasementError('recording-truncated');
    throw new CasementError('recording-unreadable', { reason: unreadableWords.compressed });
  }
}

/**
 * Decompresses in small pieces, so that only one piece's output is in memory. zlib returns nothing for a piece with
 * damage, so the bytes before the damage are read again in ever smaller pieces.
 */
async function* gunzipStream(
  source: AsyncIterable<Uint8Array>,
  reopen: () => AsyncIterable<Uint8Array>,
  onDamage: (damage: GzipDamage) => void,
): AsyncGenerator<Uint8Array> {
  const reading = { given: 0, taken: 0 };
  let damage = yield* gunzipUpTo(source, reading, pieceBytes);
  for (const step of salvageSteps) {
    if (damage === undefined || damage === 'cut-off') break;
    damage = yield* gunzipUpTo(reopen(), reading, step);
  }
  if (damage) onDamage(damage);
}

/**
 * Reads once from the source's start. Skips output that was already `given`; from the compressed byte `taken` on, up to
 * which there is no damage, it uses pieces of `step` bytes. Updates both.
 */
async function* gunzipUpTo(
  source: AsyncIterable<Uint8Array>,
  reading: { given: number; taken: number },
  step: number,
): AsyncGenerator<Uint8Array, GzipDamage | undefined> {
  const gunzip = new Gunzip();
  let known = reading.given;
  let position = 0;
  const isNew = (part: Uint8Array): Uint8Array => {
    const fresh = part.subarray(known);
    known -= part.length - fresh.length;
    reading.given += fresh.length;
    return fresh;
  };
  try {
    for await (const part of source) {
      for (let start = 0; start < part.length;) {
        const length = position < reading.taken ? Math.min(pieceBytes, reading.taken - position) : step;
        const piece = part.subarray(start, start + length);
        for (const output of await gunzip.write(piece)) yield isNew(output);
        if (gunzip.damage) return gunzip.damage;
        start += piece.length;
        position += piece.length;
        reading.taken = Math.max(reading.taken, position);
      }
    }
    for (const output of await gunzip.end()) yield isNew(output);
    return gunzip.damage;
  } finally {
    gunzip.close();
  }
}

/** zlib's messages if there is no further gzip member. */
const headerErrors: ReadonlySet<string> = new Set([
  'incorrect header check',
  'unknown compression method',
  'unknown header flags set',
  'header crc mismatch',
]);

/** Node's stream, driven one write at a time. */
class Gunzip {
  damage: GzipDamage | undefined;
  private readonly stream = createGunzip({ chunkSize: 1 << 16 });
  private output: Uint8Array[] = [];
  private hasOutput = false;
  /** The last member has ended and padding followed; zlib accepts no more. */
  private isOver = false;
  private given = 0;
  /** Ends the wait for the pending write. */
  private wake: () => void = () => undefined;

  constructor() {
    this.stream.on('data', (part: Uint8Array) => {
      this.output.push(part);
      this.hasOutput = true;
    });
    this.stream.on('end', () => {
      this.isOver = true;
      this.wake();
    });
    this.stream.on('error', (error: NodeJS.ErrnoException) => {
      const isBoundary = this.hasOutput && headerErrors.has(error.message);
      this.damage ??= error.code === 'Z_BUF_ERROR' ? 'cut-off' : isBoundary ? 'trailing' : 'damaged';
      this.wake();
    });
  }

  /** Returns the piece's decompressed bytes. */
  async write(piece: Uint8Array): Promise<Uint8Array[]> {
    if (!this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.stream.write(piece, () => resolve());
      });
    }
    this.given += piece.length;
    if (this.isOver && !this.damage) {
      const unread = Math.min(piece.length, this.given - this.stream.bytesWritten);
      // Archives are padded with zeros.
      if (piece.subarray(piece.length - unread).some((byte) => byte !== 0)) this.damage = 'trailing';
    }
    return this.take();
  }

  /** Reports data that ends too early. */
  async end(): Promise<Uint8Array[]> {
    if (!this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.stream.end();
      });
    }
    return this.take();
  }

  close(): void {
    this.stream.destroy();
  }

  private take(): Uint8Array[] {
    const { output } = this;
    this.output = [];
    return output;
  }
}
