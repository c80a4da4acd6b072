import type { RecordingInput } from '../../../core/recording/parse';
import type { Scratch } from '../../../node/vault/vault';

/** The number of unread bytes above which the sender has to wait. */
const waitingLimit = 8 * 2 ** 20;
const pieceBytes = 2 ** 20;

/**
 * Feeds the bytes of a pull into an import while they arrive. They are kept, encrypted, until the import is done, because a recording that
 * is far out of order is read a second time.
 */
export class ByteFeed implements RecordingInput {
  private readonly waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private isEnded = false;
  private failure: { error: unknown } | undefined;
  private wakeReader = (): void => undefined;
  private wakeSender = (): void => undefined;
  private readonly kept: Promise<number>[];
  private piece: Uint8Array[] = [];
  private pieceLength = 0;
  private isBeingRead = false;

  /** `before` is the number of pieces that are already in the store. They are read first. */
  constructor(
    private readonly scratch: Pick<Scratch, 'write' | 'read'>,
    private readonly before = 0,
  ) {
    this.kept = Array.from({ length: before }, (_, ref) => Promise.resolve(ref));
  }

  /** Resolves when more bytes may be pushed. Throws the error that ended the import. */
  async push(bytes: Uint8Array): Promise<void> {
    this.throwFailure();
    // Kept and queued in the same step, so that a second reading never finds bytes in only one of the two.
    const isKept = this.keep(bytes);
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    this.wakeReader();
    await isKept;
    while (this.waitingBytes > waitingLimit && !this.failure) {
      await new Promise<void>((resolve) => (this.wakeSender = resolve));
    }
    this.throwFailure();
  }

  /** Resolves when all pushed bytes are in the store. */
  async flush(): Promise<void> {
    await this.keepPiece();
  }

  end(): void {
    this.isEnded = true;
    this.wakeReader();
  }

  /** Ends the feed after the import has failed. A waiting sender gets the error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.wakeSender();
    this.wakeReader();
  }

  async *open(): AsyncGenerator<Uint8Array> {
    if (this.isBeingRead) {
      for (let index = 0; index < this.kept.length; index++) yield await this.readKept(index);
      const rest = this.piece.slice();
      this.waiting.length = 0;
      this.waitingBytes = 0;
      this.wakeSender();
      yield* rest;
    } else {
      this.isBeingRead = true;
      for (let index = 0; index < this.before; index++) yield await this.readKept(index);
    }
    for (;;) {
      const next = this.waiting.shift();
      if (next) {
        this.waitingBytes -= next.length;
        this.wakeSender();
        yield next;
      } else if (this.failure) throw this.failure.error;
      else if (this.isEnded) return;
      else await new Promise<void>((resolve) => (this.wakeReader = resolve));
    }
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  private async readKept(index: number): Promise<Uint8Array> {
    const ref = await this.kept[index];
    if (ref === undefined) throw new RangeError('no such piece');
    return this.scratch.read(ref);
  }

  private keep(bytes: Uint8Array): Promise<unknown> | undefined {
    this.piece.push(bytes);
    this.pieceLength += bytes.length;
    return this.pieceLength < pieceBytes ? undefined : this.keepPiece();
  }

  private keepPiece(): Promise<unknown> | undefined {
    if (this.pieceLength === 0) return this.kept.at(-1);
    const written = this.scratch.write(Buffer.concat(this.piece));
    this.piece = [];
    this.pieceLength = 0;
    this.kept.push(written);
    return written;
  }
}
