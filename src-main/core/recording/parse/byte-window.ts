import { CasementError } from '../../../contract/errors';

/** A long piece makes the window grow by its own length, up to this. */
const growthLimit = 16_000_000;

/**
 * A stretch of a file, whole blocks at a time, in which whatever is being read lies in one piece. Each block has memory of its own
 * that is never written to again once it was left behind, so that a view into it stays true for as long as somebody keeps it.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array();
  /** The offset behind the last byte that was read. */
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
   * Reads on, keeping what lies from `keepFrom` on; it is at the window's start then. A long piece that is kept makes the window
   * grow with it, so that even a piece that needs many blocks is copied a few times only.
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

  /** Errors: recording-too-large. */
  readonly spend = (bytes: number): void => {
    this.remaining -= bytes;
    if (this.remaining <= 0) {
      throw new CasementError('recording-too-large', { limit: `${Math.round(this.limit / 1e6)} MB` });
    }
  };
}
