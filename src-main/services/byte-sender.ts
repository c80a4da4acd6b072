import { concatBytes } from '../core/bytes';

/** The size of a message to the worker, bytes. A message costs both sides about as much as reading some tens of kilobytes. */
const messageBytes = 512 * 1024;

/** Collects the small pieces that a network delivers into messages. One message is under way while the next is collected. */
export class ByteSender {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;
  private underWay: Promise<unknown> = Promise.resolve();

  constructor(private readonly send: (bytes: Uint8Array) => Promise<unknown>) {}

  /** Resolves when more bytes may be pushed. Throws the error of an earlier message. */
  async push(bytes: Uint8Array): Promise<void> {
    this.pieces.push(bytes);
    this.length += bytes.length;
    if (this.length >= messageBytes) await this.sendCollected();
  }

  /** Resolves when all bytes have arrived. Throws the error of any message. */
  async flush(): Promise<void> {
    if (this.length > 0) await this.sendCollected();
    await this.underWay;
  }

  /** Sends the bytes collected so far. Resolves when more bytes may be pushed. */
  async sendCollected(): Promise<void> {
    await this.underWay;
    const bytes = concatBytes(this.pieces.splice(0));
    this.length = 0;
    this.underWay = this.send(bytes);
    // The next push or flush reports the error; until then nothing awaits it.
    this.underWay.catch(() => undefined);
  }
}
