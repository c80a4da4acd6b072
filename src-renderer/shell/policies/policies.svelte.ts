import { toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import type { Policy } from '../../../src-main/contract/policy';
import { policyWords } from '../../../src-main/contract/words/policies';
import { commonWords } from '../../../src-main/contract/words/common';
import { call } from '../app/bridge';
import { navigation } from '../app/navigation.svelte';
import { toasts } from '../app/toasts.svelte';

export type PolicySummary = RequestOutput<'policy.list'>[number];

/** The policies for exports, shipped ones first. */
class Policies {
  list = $state.raw<readonly PolicySummary[]>([]);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  error = $state.raw<ErrorReply>();
  minimumPolicyName = $derived(this.list[0]?.floor ?? null);

  async load(): Promise<void> {
    try {
      this.list = await call('policy.list', {});
      this.phase = 'ready';
    } catch (error) {
      this.error = toErrorReply(error);
      this.phase = 'failed';
    }
  }

  /** Duplicates a policy as the user's own and opens it. */
  async duplicate(name: string, sessionId?: SessionId): Promise<void> {
    try {
      const { floor: _floor, ...policy } = await call('policy.get', { name });
      const copy = await call('policy.save', { policy: { ...policy, name: this.#freeName(name) }, replaces: null });
      await this.load();
      this.open(copy.name, sessionId);
    } catch (error) {
      toasts.showError(error);
    }
  }

  async create(): Promise<void> {
    const name = this.#freeName(policyWords.newName);
    try {
      await call('policy.save', { policy: { policyVersion: 2, name, words: 'interface' }, replaces: null });
      await this.load();
      this.open(name);
    } catch (error) {
      toasts.showError(error);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      const removed = await call('policy.remove', { name });
      await this.load();
      toasts.show(policyWords.removed(name), { label: commonWords.undo, run: () => void this.#restore(removed) });
    } catch (error) {
      toasts.showError(error);
    }
  }

  async import(): Promise<void> {
    try {
      const imported = await call('policy.import', {});
      if (!imported) return;
      await this.load();
      toasts.show(policyWords.imported(imported.name), {
        label: commonWords.open,
        run: () => this.open(imported.name),
      });
    } catch (error) {
      toasts.showError(error);
    }
  }

  async export(name: string): Promise<void> {
    try {
      const file = await call('policy.export', { name });
      if (file !== null) toasts.show(policyWords.exported(file));
    } catch (error) {
      toasts.showError(error);
    }
  }

  /** `sessionId`: the session whose redaction is shown. */
  open(name: string, sessionId?: SessionId): void {
    navigation.go({ name: 'policy', id: name, ...(sessionId && { sessionId }) });
  }

  async #restore(policy: Policy): Promise<void> {
    try {
      await call('policy.save', { policy, replaces: null });
      await this.load();
    } catch (error) {
      toasts.showError(error);
    }
  }

  #freeName(name: string): string {
    const taken = new Set(this.list.map((policy) => policy.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 36)}-${number}`;
    return free;
  }
}

export const policies = new Policies();
