import type { RequestOutput } from '../../../src-main/contract/ipc';
import { defaultCaps, defaultThresholds, type Settings } from '../../../src-main/contract/settings';
import { Mutex } from '../../../src-main/contract/shared/mutex';
import { call } from './bridge';
import { signers } from './signers.svelte';
import { toasts } from './toasts.svelte';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

/** State that concerns the entire window: the app's status and the user's settings. */
class AppState {
  status = $state.raw<RequestOutput<'app.status'>>();
  settings = $state.raw<Settings>({
    theme: 'system',
    isOffline: false,
    proxyScript: '',
    timeline: defaultThresholds,
    caps: defaultCaps,
  });
  /** The current time, updated once a minute, for texts such as “3 hours ago”. */
  nowMs = $state(Date.now());
  #isSystemDark = $state(darkQuery.matches);

  keychain = $derived(this.status?.keychain ?? 'ready');
  readonly #changes = new Mutex();
  isDark = $derived(this.settings.theme === 'dark' || (this.settings.theme === 'system' && this.#isSystemDark));

  async load(): Promise<void> {
    const [status, settings] = await Promise.all([call('app.status', {}), call('settings.get', {})]);
    this.status = status;
    this.settings = settings;
  }

  listen(): () => void {
    const follow = (): void => {
      this.#isSystemDark = darkQuery.matches;
    };
    darkQuery.addEventListener('change', follow);
    const minute = window.setInterval(() => (this.nowMs = Date.now()), 60_000);
    return () => {
      darkQuery.removeEventListener('change', follow);
      window.clearInterval(minute);
    };
  }

  /** Changes the settings once they are stored, so that requests that depend on them, such as for a timeline, use the new ones. */
  change(change: Partial<Settings>): Promise<void> {
    // One after another, so that no change overwrites the one before it.
    return this.#changes.run(async () => {
      try {
        this.settings = await call('settings.set', { ...this.settings, ...change });
      } catch (error) {
        toasts.showError(error);
      }
    });
  }

  async retryKeychain(): Promise<void> {
    try {
      const keychain = await call('app.retry-keychain', {});
      if (this.status) this.status = { ...this.status, keychain };
      await signers.load();
    } catch (error) {
      toasts.showError(error);
    }
  }
}

export const app = new AppState();
