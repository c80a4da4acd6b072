import { isGzip } from '../../bytes';
import { CasementError, matchesCode } from '../../../contract/errors';
import { damageWords } from '../../../contract/words/recording';
import type { ByteBudget } from './byte-window';
import type { ParseLimits } from './limits';
import { inflateZstd, isZstd } from './zstd';

/** Damage of a gzip stream. */
export type GzipDamage = 'cut-off' | 'damaged' | 'trailing';

export const gzipDamageWords: Readonly<Record<GzipDamage, string>> = {
  'cut-off': damageWords.compressedCutOff,
  damaged: damageWords.compressedDamaged,
  trailing: damageWords.trailingBytes,
};

/**
 * Decompression functions. `gunzip` and `inflate` return at most `limit` bytes. They throw `recording-too-large` for more,
 * `recording-truncated` if the data ends early and `recording-unreadable` if it is damaged.
 */
export interface InflatePorts {
  /** Decompresses all members of a small gzip file. */
  gunzip(bytes: Uint8Array, limit: number): Uint8Array;
  /** Decompresses one zlib stream. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  /**
   * Yields all members of a gzip file in pieces. Damage ends it early; it is reported to `onDamage`, never thrown. `reopen` opens the
   * source again from its start, to recover the bytes right before the damage.
   */
  gunzipStream(
    source: AsyncIterable<Uint8Array>,
    reopen: () => AsyncIterable<Uint8Array>,
    onDamage: (damage: GzipDamage) => void,
  ): AsyncIterable<Uint8Array>;
}

/** A compressed part of a recording can't be read. The part is dropped and the reason counted. */
export class UnreadablePart extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Decompresses events and fields of one recording. All output counts against its budget, including that of stopped zip bombs. */
export class FieldInflater {
  constructor(
    private readonly ports: Pick<InflatePorts, 'gunzip' | 'inflate'>,
    private readonly limits: ParseLimits,
    private readonly budget: ByteBudget,
  ) {}

  /**
   * Decompresses an event or a field that was written as a latin-1 string. The first bytes distinguish gzip, zstd and zlib.
   * Throws UnreadablePart, or recording-too-large.
   */
  inflate(field: string, kinds: 'field' | 'packed', reason: string): Uint8Array {
    const bytes = latin1Bytes(field, reason);
    const limit = Math.min(this.limits.fieldBytes, this.budget.left);
    try {
      const inflated = this.decompress(bytes, limit, kinds, reason);
      this.budget.spend(inflated.length);
      return inflated;
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      if (!matchesCode(error.code, 'recording-too-large')) throw new UnreadablePart(reason);
      this.budget.spend(limit);
      throw new UnreadablePart(damageWords.fieldTooLarge);
    }
  }

  private decompress(bytes: Uint8Array, limit: number, kinds: 'field' | 'packed', reason: string): Uint8Array {
    if (kinds === 'packed') return this.ports.inflate(bytes, limit);
    if (isGzip(bytes)) return this.ports.gunzip(bytes, limit);
    if (isZstd(bytes)) return inflateZstd(bytes, limit);
    throw new UnreadablePart(reason);
  }
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
