import type { Keys } from './keys';

const account = 'signing-key';

/**
 * The key that the user's case files are signed with: made at first use, its private half in the keychain. Where there is no keychain to
 * keep it, nothing is signed: a key that is another one tomorrow would vouch for nobody.
 */
export class SigningKey {
  private making: Promise<string> | undefined;

  constructor(
    private readonly keys: Keys,
    /** A new private key as PEM. */
    private readonly generate: () => string,
  ) {}

  /** In PEM; undefined without a keychain. Errors: keychain-timeout. */
  async read(): Promise<string | undefined> {
    if ((await this.keys.state()) !== 'ready') return undefined;
    // Asked twice at once, it is still made once.
    this.making ??= this.readOrMake().finally(() => (this.making = undefined));
    return this.making;
  }

  /** The same, but none is made: undefined, too, where there is none yet. Errors: keychain-locked, keychain-timeout. */
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
