import { CasementError } from '../../../contract/errors';

/** A long item makes the window grow by its own length, up to this many bytes. */
const growthLimit = 16_000_000;

/**
 * A sliding window over a file in which the current item is contiguous. It advances by blocks. Each block is newly allocated and never
 * written again after the window has moved on, so views into it stay valid.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array();
  /** The offset after the last byte that was read. */
  end = 0;
  /** The source has ended. */
  isEnded = false;
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  /** Calls `spend` for all bytes that arrive; it may throw. */
  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly blockBytes: number,
    private readonly spend: (bytes: number) => void,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  /**
   * Reads more bytes. Keeps those from `keepFrom` on and moves them to the window's start. The window grows with the kept bytes, so that
   * even an item of many blocks is copied only a few times.
   */
  async refill(keepFrom: number): Promise<void> {
    const kept = this.end - keepFrom;
    const bytes = new Uint8Array(kept + Math.max(this.blockBytes, Math.min(kept, growthLimit)));
    bytes.set(this.bytes.subarray(keepFrom, this.end));
    let end = kept;
    while (end < bytes.length) {
      if (this.rest.length === 0 && !(await this.takeNext())) break;
      const part = this.rest.subarray(0, bytes.length - end);
      bytes.set(part, end);
      end += part.length;
      this.rest = this.rest.subarray(part.length);
    }
    this.bytes = bytes;
    this.end = end;
  }

  /** Releases the source. Needed if reading stops before its end. */
  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async takeNext(): Promise<boolean> {
    while (!this.isEnded) {
      const next = await this.source.next();
      if (next.done) this.isEnded = true;
      else if (next.value.length > 0) {
        this.spend(next.value.length);
        this.rest = next.value;
        return true;
      }
    }
    return false;
  }
}

/** Limits the bytes that reading and decompression yield for one recording. */
export class ByteBudget {
  private remaining: number;

  constructor(private readonly limit: number) {
    this.remaining = limit;
  }

  get left(): number {
    return this.remaining;
  }

  /** Throws recording-too-large. */
  readonly spend = (bytes: number): void => {
    this.remaining -= bytes;
    if (this.remaining <= 0) {
      throw new CasementError('recording-too-large', { limit: `${Math.round(this.limit / 1e6)} MB` });
    }
  };
}
