import { toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { Policy, PolicyFieldProblem } from '../../../src-main/contract/policy';
import { policyWords } from '../../../src-main/contract/words/policies';
import { formOf, jsonOf, problemOf, type PolicyForm } from './policy-form';
import { call } from '../app/bridge';
import { navigation } from '../app/navigation.svelte';
import { policies } from './policies.svelte';
import { toasts } from '../app/toasts.svelte';

/** The pause in typing after which the form is checked, ms. */
const checkAfterMs = 250;

/** A policy that is being edited. */
export class PolicyDraft {
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  error = $state.raw<ErrorReply>();
  form = $state<PolicyForm>();
  /** The company's policy. */
  minimumPolicy = $state.raw<Policy>();
  problems = $state.raw<readonly PolicyFieldProblem[]>([]);
  /** The policy in the form, if it is valid. */
  policy = $state.raw<Policy>();
  isSaving = $state(false);
  isOwn = $derived(policies.list.some(({ name, isOwn }) => isOwn && name === this.#name));

  #name: string;
  #kept = $state.raw('');
  #json = $derived(this.form ? jsonOf(this.form) : undefined);
  isChanged = $derived(this.isOwn && this.#json !== undefined && JSON.stringify(this.#json) !== this.#kept);
  #timer = 0;
  #round = 0;

  constructor(name: string) {
    this.#name = name;
  }

  async load(): Promise<void> {
    try {
      const [policy, minimumPolicy] = await Promise.all([
        call('policy.get', { name: this.#name }),
        call('policy.floor', {}),
        policies.load(),
      ]);
      this.minimumPolicy = minimumPolicy ?? undefined;
      this.#take(policy);
      this.phase = 'ready';
    } catch (error) {
      this.error = toErrorReply(error);
      this.phase = 'failed';
    }
  }

  /** Checks the form once typing pauses. Call it in an effect: it reads the form. */
  follow(): void {
    const json = this.#json;
    if (json === undefined) return;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#check(json), checkAfterMs);
  }

  stop(): void {
    window.clearTimeout(this.#timer);
    this.#round++;
  }

  /** Returns the validation error of a field. `text`: the content of a multi-line field. */
  problem(field: string, text?: string): string | undefined {
    return problemOf(this.problems, field, text);
  }

  /** Resolves to whether the policy was saved. */
  async save(): Promise<boolean> {
    const json = this.#json;
    if (!json || this.isSaving) return false;
    this.isSaving = true;
    try {
      await this.#check(json);
      const { policy } = this;
      if (!policy) return false;
      const before = this.#name;
      const saved = await call('policy.save', { policy, replaces: before });
      this.#name = saved.name;
      this.#kept = JSON.stringify(json);
      await policies.load();
      if (saved.name !== before) navigation.rename({ name: 'policy', id: before }, saved.name);
      toasts.show(policyWords.saved(saved.name));
      return true;
    } catch (error) {
      toasts.showError(error);
      return false;
    } finally {
      this.isSaving = false;
    }
  }

  #take(policy: Policy): void {
    this.form = formOf(policy);
    this.#kept = JSON.stringify(jsonOf(this.form));
    this.policy = policy;
    this.problems = [];
  }

  async #check(json: Record<string, unknown>): Promise<void> {
    const round = ++this.#round;
    try {
      const { problems, policy } = await call('policy.check', { policy: json });
      if (round !== this.#round) return;
      this.problems = problems;
      // An equal policy keeps its identity, so that the preview isn't rebuilt.
      if (policy === null || JSON.stringify(policy) !== JSON.stringify(this.policy)) this.policy = policy ?? undefined;
    } catch (error) {
      if (round === this.#round) toasts.showError(error);
    }
  }
}
