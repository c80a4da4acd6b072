import type { Keys } from './keys';

const account = 'signing-key';

/**
 * The key that signs the user's case files. It is created at first use, and the private key is stored in the keychain. Without a keychain
 * nothing is signed: a key that changes with each run would prove nothing.
 */
export class SigningKey {
  private making: Promise<string> | undefined;

  constructor(
    private readonly keys: Keys,
    /** Returns a new private key in PEM. */
    private readonly generate: () => string,
  ) {}

  /** Returns the key in PEM, and creates it if there is none; undefined without a keychain. Throws keychain-timeout. */
  async read(): Promise<string | undefined> {
    if ((await this.keys.state()) !== 'ready') return undefined;
    // Two calls at once create only one key.
    this.making ??= this.readOrMake().finally(() => (this.making = undefined));
    return this.making;
  }

  /** Returns the key in PEM without creating one; undefined if there is none. Throws keychain-locked, keychain-timeout. */
  async find(): Promise<string | undefined> {
    return (await this.keys.state()) === 'ready' ? this.keys.readKeychain(account) : undefined;
  }

  private async readOrMake(): Promise<string> {
    const kept = await this.keys.readKeychain(account);
    if (kept !== undefined) return kept;
    const made = this.generate();
    await this.keys.save(account, made, false);
    return made;
  }
}
