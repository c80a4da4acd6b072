import { CasementError, hasCode } from '../../../src-main/contract/errors';
import { app } from './app.svelte';

/**
 * Asks, once a run, whether keys may live in memory when no keychain can hold them. Nothing falls back by itself:
 * without the user's yes the request goes out with a no.
 */
class KeyConsent {
  isGiven = $state(false);
  /** Set while the dialog stands; called with the answer. */
  answer = $state.raw<(isAllowed: boolean) => void>();

  /** Runs what keeps a key. `isAllowed` says whether this run's memory may hold it. */
  async with<T>(work: (isAllowed: boolean) => Promise<T>): Promise<T> {
    if (app.keychain !== 'ready' && !this.isGiven) await this.#ask();
    try {
      return await work(this.isGiven);
    } catch (error) {
      if (this.isGiven || !hasCode(error, 'keychain-*')) throw error;
      await this.#ask();
      return work(true);
    }
  }

  /** Rejects with `cancelled` unless the user agrees, or the keychain opened meanwhile. */
  async #ask(): Promise<void> {
    await app.retryKeychain();
    if (app.keychain === 'ready') return;
    const isAllowed = await new Promise<boolean>((resolve) => (this.answer = resolve));
    this.answer = undefined;
    if (!isAllowed) throw new CasementError('cancelled');
    this.isGiven = true;
  }
}

export const keyConsent = new KeyConsent();
