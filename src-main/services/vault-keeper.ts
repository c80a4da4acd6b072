import { randomBytes } from 'node:crypto';
import { hasCode } from '../contract/errors';
import type { Keys } from './keys';
import type { WorkerPort } from './ports';

interface VaultKey {
  key: Uint8Array;
  isForThisRun: boolean;
}

const account = 'vault-key';

/**
 * Keeps the worker's vault open: a worker that started, for the first time or again, is given the vault before anything is asked
 * of it. The key comes from the keychain and is made at the first run; without a keychain a new one lives for this run only, and
 * with it the vault. A worker that ends is started by the next request, not by itself, so it can't end over and over.
 */
export class VaultKeeper implements WorkerPort {
  private opened: Promise<void> | undefined;
  private vaultKey: VaultKey | undefined;

  constructor(
    private readonly worker: WorkerPort,
    private readonly keys: Keys,
    private readonly folders: { kept: string; thisRun: string },
  ) {}

  /** Errors: those of the method, and of opening the vault: keychain-*, disk-*. */
  call: WorkerPort['call'] = async (name, params, options) => {
    await this.open();
    return this.worker.call(name, params, options);
  };

  /** The worker is gone; the next request starts another and opens the vault in it. */
  forget(): void {
    this.opened = undefined;
  }

  /** The keychain is there now: what was stored for this run only moves into the vault that stays. */
  async keep(): Promise<void> {
    if (!this.vaultKey?.isForThisRun) return;
    // What is to be moved has to be open, also in a worker that was started again.
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
      // Locked for now: what is pulled meanwhile moves into the real vault once it is unlocked.
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

/** A copy of its own: a small Buffer is a view on a page that it shares with others, and a message would carry all of that. */
function makeKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}
