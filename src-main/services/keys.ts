import { CasementError, hasCode } from '../contract/errors';
import type { KeychainState } from '../contract/session';
import type { KeychainPort } from './ports';

/** The storage of a secret. */
export type KeyPlace = 'keychain' | 'this-run';

/**
 * Stores Casement's secrets in the OS keychain. If there is none and the user agrees, they stay in the memory of this process until it ends.
 * They are never on the disk in plain text.
 */
export class Keys {
  private readonly forThisRun = new Map<string, string>();
  private probing: Promise<KeychainState> | undefined;

  constructor(private readonly keychain: KeychainPort) {}

  /** Returns the state of the keychain at the last check. */
  state(): Promise<KeychainState> {
    this.probing ??= this.ask();
    return this.probing;
  }

  /** Checks the keychain again. A locked keychain may show its password dialog. */
  probe(): Promise<KeychainState> {
    this.probing = this.ask();
    return this.probing;
  }

  /** Throws keychain-none or keychain-locked if the user hasn't agreed to keep it for this run only. */
  async save(account: string, secret: string, allowForThisRun: boolean): Promise<KeyPlace> {
    const state = (await this.state()) === 'ready' ? 'ready' : await this.probe();
    if (state === 'ready') {
      await this.keychain.call('set', { account, secret });
      this.forThisRun.delete(account);
      return 'keychain';
    }
    if (!allowForThisRun) throw new CasementError(state === 'locked' ? 'keychain-locked' : 'keychain-none');
    this.forThisRun.set(account, secret);
    return 'this-run';
  }

  /** Returns the secret, or undefined if there is none. Throws keychain-locked, keychain-timeout. */
  async read(account: string): Promise<string | undefined> {
    return this.forThisRun.get(account) ?? (await this.readKeychain(account));
  }

  /** Reads the keychain only. Throws the errors of `read`. */
  async readKeychain(account: string): Promise<string | undefined> {
    const state = await this.state();
    if (state === 'none') return undefined;
    if (state === 'ready') {
      const secret = await this.keychain.call('get', { account });
      if (secret !== null) return secret;
      // A keyring that was locked meanwhile also returns no entry. Trusting that could overwrite the entry.
      if ((await this.probe()) === 'ready') return (await this.keychain.call('get', { account })) ?? undefined;
    }
    throw new CasementError('keychain-locked');
  }

  /** Returns where the secret is stored. */
  async find(account: string): Promise<KeyPlace | 'missing' | 'locked'> {
    if (this.forThisRun.has(account)) return 'this-run';
    try {
      return (await this.readKeychain(account)) === undefined ? 'missing' : 'keychain';
    } catch (error) {
      if (error instanceof CasementError) return 'locked';
      throw error;
    }
  }

  /** Throws keychain-locked, keychain-timeout; the secret is still stored then. */
  async remove(account: string): Promise<void> {
    this.forThisRun.delete(account);
    const state = await this.state();
    if (state === 'locked') throw new CasementError('keychain-locked');
    if (state === 'ready') await this.keychain.call('delete', { account });
  }

  private async ask(): Promise<KeychainState> {
    try {
      return await this.keychain.call('probe', null);
    } catch (error) {
      return hasCode(error, 'keychain-timeout') ? 'locked' : 'none';
    }
  }
}
