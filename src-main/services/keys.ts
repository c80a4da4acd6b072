import { CasementError } from '../contract/errors';
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
  private state: KeychainState = 'none';

  constructor(private readonly keychain: KeychainPort) {}

  get keychainState(): KeychainState {
    return this.state;
  }

  /** Asks the system again; a locked keychain may put its password question on the screen. */
  async probe(): Promise<KeychainState> {
    this.state = await this.keychain.call('probe', null).catch((error: unknown) => {
      if (error instanceof CasementError && error.code === 'keychain-timeout') return 'locked' as const;
      return 'none' as const;
    });
    return this.state;
  }

  /** Errors: keychain-none or keychain-locked where the user hasn't allowed to keep it for this run only. */
  async save(account: string, secret: string, allowForThisRun: boolean): Promise<KeyPlace> {
    if (this.state !== 'ready') await this.probe();
    if (this.state === 'ready') {
      await this.keychain.call('set', { account, secret });
      this.forThisRun.delete(account);
      return 'keychain';
    }
    if (!allowForThisRun) throw new CasementError(this.state === 'locked' ? 'keychain-locked' : 'keychain-none');
    this.forThisRun.set(account, secret);
    return 'this-run';
  }

  async read(account: string): Promise<string | undefined> {
    const kept = this.forThisRun.get(account);
    if (kept !== undefined) return kept;
    if (this.state !== 'ready') return undefined;
    return (await this.keychain.call('get', { account })) ?? undefined;
  }

  /** Where the secret is now. */
  async find(account: string): Promise<KeyPlace | 'missing'> {
    if (this.forThisRun.has(account)) return 'this-run';
    return (await this.read(account)) === undefined ? 'missing' : 'keychain';
  }

  async remove(account: string): Promise<void> {
    this.forThisRun.delete(account);
    if (this.state === 'ready') await this.keychain.call('delete', { account });
  }
}
