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
 * Decompression, handed in. `gunzip` and `inflate` give at most `limit` bytes; they throw `recording-too-large` for more,
 * `recording-truncated` when the data ends early and `recording-unreadable` when it is damaged.
 */
export interface InflatePorts {
  /** All members of a small gzip file, one after the other. */
  gunzip(bytes: Uint8Array, limit: number): Uint8Array;
  /** One zlib stream. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  /**
   * All members of a gzip file, piece by piece. Damage ends it early; it is told, never thrown. `reopen` gives the source once more,
   * from its start, for what stands right before the damage.
   */
  gunzipStream(
    source: AsyncIterable<Uint8Array>,
    reopen: () => AsyncIterable<Uint8Array>,
    onDamage: (damage: GzipDamage) => void,
  ): AsyncIterable<Uint8Array>;
}

/** A compressed part of a recording that can't be had; the part is dropped and the reason counted. */
export class UnreadablePart extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Compressed events and fields of one recording; every byte that comes out, and every bomb that was stopped, counts against its budget. */
export class FieldInflater {
  constructor(
    private readonly ports: Pick<InflatePorts, 'gunzip' | 'inflate'>,
    private readonly limits: ParseLimits,
    private readonly budget: ByteBudget,
  ) {}

  /**
   * The text in a compressed event or field that was written as a latin-1 string; the first bytes tell gzip, zstd and zlib apart.
   * Throws UnreadablePart, or recording-too-large.
   */
  inflate(field: string, kinds: 'field' | 'packed', reason: string): Uint8Array {
    const bytes = latin1Bytes(field, reason);
    const limit = Math.min(this.limits.fieldBytes, this.budget.left);
    try {
      const inflated = this.unfold(bytes, limit, kinds, reason);
      this.budget.spend(inflated.length);
      return inflated;
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      if (!matchesCode(error.code, 'recording-too-large')) throw new UnreadablePart(reason);
      this.budget.spend(limit);
      throw new UnreadablePart(damageWords.fieldTooLarge);
    }
  }

  private unfold(bytes: Uint8Array, limit: number, kinds: 'field' | 'packed', reason: string): Uint8Array {
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
