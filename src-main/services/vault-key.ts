import { randomBytes } from 'node:crypto';
import type { Keys } from './keys';

const account = 'vault-key';

/**
 * The key of the vault: from the keychain, made at the first run. Without a keychain a new one lives for this run only, and with it
 * the vault: nothing readable stays behind.
 */
export async function findVaultKey(keys: Keys): Promise<{ key: Buffer; isForThisRun: boolean }> {
  const kept = await keys.read(account);
  if (kept !== undefined) return { key: Buffer.from(kept, 'base64'), isForThisRun: false };
  const key = randomBytes(32);
  const place = await keys.save(account, key.toString('base64'), true);
  return { key, isForThisRun: place === 'this-run' };
}
