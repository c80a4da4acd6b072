import { errorTable, toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import type { Policy } from '../../../src-main/contract/policy';
import { policyWords } from '../../../src-main/contract/words/policies';
import { call } from '../app/bridge';
import { jobs } from '../app/jobs.svelte';

export type MadePreview = RequestOutput<'preview.open'>;

/** The preview is updated once the policy was left unchanged for this long, ms. */
const afterMs = 500;

/** The preview of an unsaved policy on a session. It is rebuilt whenever the policy changes. */
export class PolicyPreview {
  phase = $state<'none' | 'making' | 'ready' | 'failed' | 'stopped'>('none');
  error = $state.raw<ErrorReply>();
  made = $state.raw<MadePreview>();
  jobId = $state<string>();
  job = $derived(jobs.find(this.jobId));

  #timer = 0;
  #round = 0;

  /** Schedules a new preview. Cancels an unfinished one and hides the old one at once. */
  show(sessionId: SessionId | undefined, policy: Policy | undefined): void {
    this.#drop();
    if (!sessionId || !policy) {
      this.phase = 'none';
      return;
    }
    this.phase = 'making';
    const round = this.#round;
    this.#timer = window.setTimeout(() => void this.#make(sessionId, policy, round), afterMs);
  }

  /** Cancels the preview until the next change. */
  stop(): void {
    this.#drop();
    this.phase = 'stopped';
  }

  close(): void {
    this.#drop();
  }

  async #make(sessionId: SessionId, policy: Policy, round: number): Promise<void> {
    try {
      const made = await jobs.run({ title: policyWords.compare.making, shownBy: 'dialog' }, (jobId) => {
        this.jobId = jobId;
        return call('preview.open', { sessionId, policy, jobId });
      });
      if (round !== this.#round) return forget(made);
      this.made = made;
      this.phase = 'ready';
    } catch (error) {
      if (round !== this.#round) return;
      const reply = toErrorReply(error);
      this.error = reply;
      this.phase = errorTable[reply.code].kind === 'cancelled' ? 'stopped' : 'failed';
    }
  }

  #drop(): void {
    this.#round++;
    window.clearTimeout(this.#timer);
    if (this.job) jobs.cancel(this.job.id);
    this.jobId = undefined;
    this.error = undefined;
    if (this.made) forget(this.made);
    this.made = undefined;
  }
}

/** A failure is harmless: the preview is gone either way. */
function forget({ id }: MadePreview): void {
  call('preview.close', { id }).catch(() => undefined);
}
