import { CasementError, hasCode } from '../contract/errors';
import type { KeychainState } from '../contract/session';
import type { KeychainPort } from './ports';

/** Where a secret went. */
export type KeyPlace = 'keychain' | 'this-run';

/**
 * The secrets of Casement: in the OS keychain, or, where there is none and the user chose so, in this process's memory
 * until it ends. Never on the disk in the clear.
 */
export class Keys {
  private readonly forThisRun = new Map<string, string>();
  private probing: Promise<KeychainState> | undefined;

  constructor(private readonly keychain: KeychainPort) {}

  /** Where the keychain stands, as it was found when it was last asked. */
  state(): Promise<KeychainState> {
    this.probing ??= this.ask();
    return this.probing;
  }

  /** Asks the system again; a locked keychain may put its password question on the screen. */
  probe(): Promise<KeychainState> {
    this.probing = this.ask();
    return this.probing;
  }

  /** Errors: keychain-none or keychain-locked where the user hasn't allowed to keep it for this run only. */
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

  /** The secret, or undefined where there is none. Errors: keychain-locked where the keychain won't say, keychain-timeout. */
  async read(account: string): Promise<string | undefined> {
    return this.forThisRun.get(account) ?? (await this.readKeychain(account));
  }

  /** What the keychain itself holds. Errors: as `read`. */
  async readKeychain(account: string): Promise<string | undefined> {
    const state = await this.state();
    if (state === 'none') return undefined;
    if (state === 'ready') {
      const secret = await this.keychain.call('get', { account });
      if (secret !== null) return secret;
      // A keyring that was locked meanwhile answers like one without the entry; believing it could overwrite the entry.
      if ((await this.probe()) === 'ready') return (await this.keychain.call('get', { account })) ?? undefined;
    }
    throw new CasementError('keychain-locked');
  }

  /** Where the secret is now. */
  async find(account: string): Promise<KeyPlace | 'missing' | 'locked'> {
    if (this.forThisRun.has(account)) return 'this-run';
    try {
      return (await this.readKeychain(account)) === undefined ? 'missing' : 'keychain';
    } catch (error) {
      if (error instanceof CasementError) return 'locked';
      throw error;
    }
  }

  /** Errors: keychain-locked, keychain-timeout; the secret is still there then. */
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
