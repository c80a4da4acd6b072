import { hkdfSync } from 'node:crypto';

/** Derives the index's key (32 bytes) from the vault's. Code with the index's key can't read the vault. */
export function deriveIndexKey(vaultKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', vaultKey, new Uint8Array(), 'casement search index 1', 32));
}
