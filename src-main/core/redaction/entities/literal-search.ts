import type { FindingKind } from '../../../contract/finding-kinds';
import type { Literal } from './entity';
import type { LiteralForm } from './literal-forms';

export interface LiteralHit {
  readonly start: number;
  readonly end: number;
  readonly kind: FindingKind | undefined;
  readonly repair?: Literal | undefined;
}

const tableBits = 16;
const wordCharacter = /[\p{L}\p{N}]/u;

/**
 * Searches a text for many literals at once and ignores case. The first two characters of each literal set a bit in a small table, so most
 * positions of a text need only one lookup. A literal with fewer than eight characters matches complete words only, except in CJK
 * scripts.
 */
export class LiteralSearch {
  private readonly table = new Uint8Array(1 << (tableBits - 3));
  /** Literals by their first two characters, the longest first. */
  private readonly byPair = new Map<number, LiteralForm[]>();

  constructor(literals: Iterable<LiteralForm>) {
    for (const literal of literals) {
      if (literal.text.length < 2) continue;
      const pair = pairAt(literal.text, 0);
      const slot = slotOf(pair);
      this.table[slot >>> 3] = (this.table[slot >>> 3] ?? 0) | (1 << (slot & 7));
      const same = this.byPair.get(pair);
      if (same) same.push(literal);
      else this.byPair.set(pair, [literal]);
    }
    for (const same of this.byPair.values()) same.sort((a, b) => b.text.length - a.text.length);
  }

  /** Returns the longest match at each position, in order, without overlaps. Offsets refer to the given text. */
  find(text: string): LiteralHit[] {
    const hits: LiteralHit[] = [];
    if (this.byPair.size === 0) return hits;
    // A few letters have a different length in lower case, which would shift the offsets.
    const whole = text.toLowerCase();
    const lower = whole.length === text.length ? whole : [...text].map(lowerSameLength).join('');
    for (let at = 0; at + 1 < lower.length; at++) {
      const pair = pairAt(lower, at);
      const slot = slotOf(pair);
      if (((this.table[slot >>> 3] ?? 0) & (1 << (slot & 7))) === 0) continue;
      const literal = this.byPair
        .get(pair)
        ?.find(({ text: each }) => lower.startsWith(each, at) && isWhole(lower, at, each));
      if (!literal) continue;
      hits.push({ start: at, end: at + literal.text.length, kind: literal.kind, repair: literal.repair });
      at += literal.text.length - 1;
    }
    return hits;
  }
}

function isWhole(text: string, at: number, literal: string): boolean {
  if (literal.length >= 8 || literal.charCodeAt(0) > 0x2e7f) return true;
  const end = at + literal.length;
  return !wordCharacter.test(text.charAt(at - 1)) && !wordCharacter.test(text.charAt(end));
}

function lowerSameLength(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

function slotOf(pair: number): number {
  return Math.imul(pair, 0x9e3779b1) >>> (32 - tableBits);
}
