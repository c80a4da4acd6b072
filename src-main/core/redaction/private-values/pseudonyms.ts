import type { FindingKind } from '../../../contract/finding-kinds';

/**
 * Names for private values that are the same wherever a value appears in a case: `EMAIL-1`, `PERSON-2`, in the order of first
 * appearance. Values themselves aren't kept: they are told apart by a keyed hash, whose key nobody has once the export is made.
 */
export interface Pseudonyms {
  name(kind: FindingKind, value: string): string;
}

/** A hash with a key that is random for each case, such as HMAC-SHA-256. */
export type KeyedHash = (text: string) => string;

/** More values of a kind than this share one name. */
const namesLimit = 200_000;

export function createPseudonyms(hash: KeyedHash): Pseudonyms {
  const byKind = new Map<FindingKind, Map<string, number>>();
  return {
    name(kind, value) {
      let known = byKind.get(kind);
      if (!known) byKind.set(kind, (known = new Map<string, number>()));
      const digest = hash(`${kind}:${canonical(kind, value)}`);
      let ordinal = known.get(digest);
      if (ordinal === undefined) {
        ordinal = known.size < namesLimit ? known.size + 1 : 0;
        if (ordinal > 0) known.set(digest, ordinal);
      }
      return `${kind.toUpperCase()}-${ordinal}`;
    },
  };
}

/** The form in which two spellings of one value are the same. */
function canonical(kind: FindingKind, value: string): string {
  const text = value
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
  if (kind === 'phone' || kind === 'card' || kind === 'iban' || kind === 'national-id' || kind === 'mac')
    return text.replace(/[^\p{L}\p{N}]/gu, '');
  return text.replace(/\s+/g, ' ');
}
