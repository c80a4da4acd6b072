import { hkdfSync } from 'node:crypto';

/** The index' own key, 32 bytes, out of the vault's: what reads the one doesn't read the other. */
export function deriveIndexKey(vaultKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', vaultKey, new Uint8Array(), 'casement search index 1', 32));
}
