import { CasementError } from '../../../contract/errors';
import { damageWords } from '../../../contract/words/recording';
import type { ParseLimits } from './limits';

/**
 * Decompression, handed in. Both give at most `limit` bytes; they throw `recording-too-large` for more, `recording-truncated`
 * when the data ends early and `recording-unreadable` when it is damaged.
 */
export interface InflatePorts {
  /** All members of a gzip file, one after the other. */
  gunzip(bytes: Uint8Array, limit: number): Uint8Array;
  /** One zlib stream. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
}

/** A compressed part of a recording that can't be had; the part is dropped and the reason counted. */
export class UnreadablePart extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** One file's decompression: every byte that comes out, and every bomb that was stopped, counts against one budget. */
export class Inflater {
  private remaining: number;
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly ports: InflatePorts,
    private readonly limits: ParseLimits,
  ) {
    this.remaining = limits.inflatedBytes;
  }

  /** Errors: recording-too-large, recording-truncated, recording-unreadable. */
  gunzipFile(bytes: Uint8Array): Uint8Array {
    const inflated = this.ports.gunzip(bytes, this.remaining);
    this.spend(inflated.length);
    return inflated;
  }

  /** The text in a compressed event or field that was written as a latin-1 string. Throws UnreadablePart, or recording-too-large. */
  inflateField(field: string, method: 'gunzip' | 'inflate', reason: string): string {
    const limit = Math.min(this.limits.fieldBytes, this.remaining);
    try {
      const inflated = this.ports[method](latin1Bytes(field, reason), limit);
      this.spend(inflated.length);
      return this.decoder.decode(inflated);
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      if (error.code !== 'recording-too-large') throw new UnreadablePart(reason);
      this.spend(limit);
      throw new UnreadablePart(damageWords.fieldTooLarge);
    }
  }

  private spend(bytes: number): void {
    this.remaining -= bytes;
    if (this.remaining <= 0) {
      throw new CasementError('recording-too-large', { limit: `${Math.round(this.limits.inflatedBytes / 1e6)} MB` });
    }
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function latin1Bytes(text: string, reason: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0xff) throw new UnreadablePart(reason);
    bytes[index] = code;
  }
  return bytes;
}
