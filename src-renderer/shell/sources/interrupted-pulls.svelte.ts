import type { PullId } from '../../../src-main/contract/ids';
import type { InterruptedPull } from '../../../src-main/contract/pull';
import { call } from '../app/bridge';
import { toasts } from '../app/toasts.svelte';

/** The pulls that ended before their recordings did, by a quit, a crash, the network or the platform. */
class Interrupted {
  list = $state.raw<readonly InterruptedPull[]>([]);

  async load(): Promise<void> {
    this.list = await call('pull.interrupted', {});
  }

  /** Forgets what came of one. */
  async discard(id: PullId): Promise<void> {
    try {
      await call('pull.discard', { id });
      this.leave(id);
    } catch (error) {
      toasts.showError(error);
    }
  }

  /** One that is resumed is no longer interrupted. */
  leave(id: PullId): void {
    this.list = this.list.filter((pull) => pull.id !== id);
  }
}

export const interrupted = new Interrupted();
