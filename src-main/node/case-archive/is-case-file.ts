import { fileInput } from '../files/file-input';
import { isEncrypted } from './passphrase';

/** Returns true if a file is a ZIP, as every case file is, or encrypted with a passphrase. Throws as `fileInput` does. */
export async function isCaseFile(path: string): Promise<boolean> {
  for await (const bytes of (await fileInput(path)).open()) return isZip(bytes) || isEncrypted(bytes);
  return false;
}

/** Returns true if these are the first bytes of a ZIP. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}
