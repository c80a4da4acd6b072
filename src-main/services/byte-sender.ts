/** Bytes that go to the worker in one message: each costs both sides about as much as reading some tens of kilobytes. */
const messageBytes = 512 * 1024;

/** Collects the small pieces in which a network delivers, and keeps one message on its way while the next is collected. */
export class ByteSender {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;
  private underWay: Promise<unknown> = Promise.resolve();

  constructor(private readonly send: (bytes: Uint8Array) => Promise<unknown>) {}

  /** Ends when more may come. Errors: those of an earlier message. */
  async push(bytes: Uint8Array): Promise<void> {
    this.pieces.push(bytes);
    this.length += bytes.length;
    if (this.length >= messageBytes) await this.sendCollected();
  }

  /** Ends when everything has arrived. Errors: those of any message. */
  async flush(): Promise<void> {
    if (this.length > 0) await this.sendCollected();
    await this.underWay;
  }

  /** Sends what there is, and ends when more may come. */
  async sendCollected(): Promise<void> {
    await this.underWay;
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces.splice(0)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.length = 0;
    this.underWay = this.send(bytes);
    // Whoever pushes or flushes next is told; until then nobody waits for it.
    this.underWay.catch(() => undefined);
  }
}
