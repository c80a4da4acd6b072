import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { concatBytes } from '../../bytes';

/** The namespace of Casement's own ids. */
export const ownNamespace = '7c1d1e8b-5b0e-5a0c-9f4a-3f5f3e0b6f21';

/** Returns the version 5 UUID (RFC 9562) of a name: always the same for the same name and namespace. `namespace` is a UUID. */
export function nameUuid(namespace: string, name: string): string {
  const hash = sha1(concatBytes([hexToBytes(namespace.replaceAll('-', '')), utf8ToBytes(name)])).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
