import { CasementError, hasCode } from '../../../src-main/contract/errors';
import { app } from './app.svelte';

/**
 * Asks once per run whether keys may be kept in memory while there is no keychain. Without the user's consent,
 * requests don't allow it.
 */
class KeyConsent {
  isGiven = $state(false);
  /** Set while the dialog is open. Takes the user's answer. */
  answer = $state.raw<(isAllowed: boolean) => void>();

  /** Runs work that stores a key. `isAllowed`: the key may stay in memory until the app quits. */
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
