import type { FindingKind } from '../../../contract/finding-kinds';

/**
 * Names for private values, such as `EMAIL-1` and `PERSON-2`, in the order of first appearance. A value has the same name everywhere in a
 * case. Values aren't stored; they are compared by a keyed hash, whose key is dropped after the export.
 */
export interface Pseudonyms {
  name(kind: FindingKind, value: string): string;
}

/** A keyed hash such as HMAC-SHA-256. The key is random for each case. */
export type KeyedHash = (text: string) => string;

/** Further values of a kind share one name. */
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

/** Returns a form that is the same for different spellings of one value. */
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
