import { randomBytes } from 'node:crypto';
import { hasCode } from '../contract/errors';
import type { KeychainState } from '../contract/session';
import type { Keys } from './keys';
import type { WorkerPort } from './ports';

interface VaultKey {
  key: Uint8Array;
  isForThisRun: boolean;
}

const account = 'vault-key';

/**
 * Keeps the worker's vault open: every new worker opens the vault before it serves any other call. The key comes from the keychain and is
 * created on the first run. Without a keychain, the key and the vault last until Casement quits. A worker that has ended is restarted by the
 * next call, never immediately, so it can't crash in a loop.
 */
export class VaultKeeper implements WorkerPort {
  private opened: Promise<void> | undefined;
  private vaultKey: VaultKey | undefined;

  constructor(
    private readonly worker: WorkerPort,
    private readonly keys: Keys,
    private readonly folders: { kept: string; thisRun: string },
  ) {}

  /** Throws the errors of the method and of opening the vault: keychain-*, disk-*. */
  call: WorkerPort['call'] = async (name, params, options) => {
    await this.open();
    return this.worker.call(name, params, options);
  };

  /** Call when the worker has ended. The next call starts another and opens the vault in it. */
  forget(): void {
    this.opened = undefined;
  }

  /** Checks the keychain again. If it is available now, the sessions of a vault for this run move into the permanent vault. */
  async retryKeychain(): Promise<KeychainState> {
    const state = await this.keys.probe();
    if (state === 'ready') await this.keep();
    return state;
  }

  private async keep(): Promise<void> {
    if (!this.vaultKey?.isForThisRun) return;
    // The vault to move from has to be open, also in a worker that was started again.
    await this.open();
    this.vaultKey = { key: await this.findKeptKey(), isForThisRun: false };
    this.opened = undefined;
    await this.open();
  }

  async close(): Promise<void> {
    if (this.opened) await this.worker.call('vault.close', null);
  }

  private open(): Promise<void> {
    this.opened ??= this.openOnce().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async openOnce(): Promise<void> {
    this.vaultKey ??= await this.findKey();
    await this.worker.call('vault.open', { ...this.folders, ...this.vaultKey });
  }

  private async findKey(): Promise<VaultKey> {
    if ((await this.keys.state()) === 'none') return { key: makeKey(), isForThisRun: true };
    try {
      return { key: await this.findKeptKey(), isForThisRun: false };
    } catch (error) {
      // Locked for now: sessions that are pulled meanwhile move into the permanent vault once it is unlocked.
      if (hasCode(error, 'keychain-*')) return { key: makeKey(), isForThisRun: true };
      throw error;
    }
  }

  private async findKeptKey(): Promise<Uint8Array> {
    const kept = await this.keys.readKeychain(account);
    if (kept !== undefined) return new Uint8Array(Buffer.from(kept, 'base64'));
    const key = makeKey();
    await this.keys.save(account, Buffer.from(key).toString('base64'), false);
    return key;
  }
}

/** Copies the bytes: a small Buffer is a view of a shared pool, and a message would carry the entire pool. */
function makeKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}
