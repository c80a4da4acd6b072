import type { PullId } from '../../../src-main/contract/ids';
import type { InterruptedPull } from '../../../src-main/contract/pull';
import { call } from '../app/bridge';
import { toasts } from '../app/toasts.svelte';

/** The pulls that were cut off by a quit, a crash, the network or the platform. */
class Interrupted {
  list = $state.raw<readonly InterruptedPull[]>([]);

  async load(): Promise<void> {
    this.list = await call('pull.interrupted', {});
  }

  /** Deletes the part of a recording that was received. */
  async discard(id: PullId): Promise<void> {
    try {
      await call('pull.discard', { id });
      this.drop(id);
    } catch (error) {
      toasts.showError(error);
    }
  }

  /** Removes a pull from the list, such as one that is resumed. */
  drop(id: PullId): void {
    this.list = this.list.filter((pull) => pull.id !== id);
  }
}

export const interrupted = new Interrupted();
