import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CasementError } from '../../contract/errors';

const magic = Buffer.from('CSM1');
const ivBytes = 12;
const tagBytes = 16;
/** The difference in size between an encrypted file and its contents, bytes. */
export const sealedExtra = magic.length + ivBytes + tagBytes;

/**
 * AES-256-GCM: magic, nonce, ciphertext, tag. The file's path in the vault is authenticated too, so that a file that
 * was moved to another path is refused like a changed one.
 */
export function seal(key: Uint8Array, path: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(path));
  return Buffer.concat([magic, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `vault-damaged` for anything that this key did not encrypt for this path. */
export function unseal(key: Uint8Array, path: string, sealed: Buffer): Buffer {
  const start = magic.length + ivBytes;
  if (sealed.length < start + tagBytes || !sealed.subarray(0, magic.length).equals(magic)) {
    throw new CasementError('vault-damaged');
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(magic.length, start));
  decipher.setAAD(Buffer.from(path));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(start, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    throw new CasementError('vault-damaged');
  }
}
