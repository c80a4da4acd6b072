import { randomBytes } from 'node:crypto';
import { partAccount, readSecretHead, type SecretHead } from '../core/sources/stored-secrets';
import type { KeyPlace, Keys } from './keys';

/** The length of one entry, in ASCII characters. The credential store of Windows limits an entry to 2,560 bytes. */
const partLength = 2000;

/** Stores JSON of any length in the keychain, in several entries. `readLongSecret` reads it. */
export class LongSecrets {
  constructor(private readonly keys: Keys) {}

  /** The old secret stays readable until the new one is complete. Throws keychain-*. */
  async save(account: string, value: unknown, allowForThisRun: boolean): Promise<KeyPlace> {
    const old = await this.readHead(account);
    const text = asciiJson(value);
    const head: SecretHead = { id: randomBytes(6).toString('hex'), parts: Math.ceil(text.length / partLength) };
    for (let index = 0; index < head.parts; index++) {
      const part = text.slice(index * partLength, (index + 1) * partLength);
      await this.keys.save(partAccount(account, head, index), part, allowForThisRun);
    }
    const place = await this.keys.save(account, JSON.stringify(head), allowForThisRun);
    if (old) await this.removeParts(account, old);
    return place;
  }

  /** Throws keychain-locked, keychain-timeout; the secret is still stored then. */
  async remove(account: string): Promise<void> {
    const head = await this.readHead(account);
    if (head) await this.removeParts(account, head);
    await this.keys.remove(account);
  }

  private readHead(account: string): Promise<SecretHead | undefined> {
    return readSecretHead(account, (name) => this.keys.read(name));
  }

  private async removeParts(account: string, head: SecretHead): Promise<void> {
    for (let index = 0; index < head.parts; index++) await this.keys.remove(partAccount(account, head, index));
  }
}

/** A character outside ASCII may need several bytes in an entry. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
