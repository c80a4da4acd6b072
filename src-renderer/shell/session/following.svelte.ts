import { SvelteMap } from 'svelte/reactivity';
import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { StoredSession } from '../../../src-main/contract/session';
import { jobWords } from '../../../src-main/contract/words/app';
import { sessionWords } from '../../../src-main/contract/words/session';
import { call } from '../app/bridge';
import { jobs } from '../app/jobs.svelte';
import { toasts } from '../app/toasts.svelte';

/** The sessions that are polled for updates, with their jobs. Updates reach the library as `session.changed`. */
class Following {
  readonly #jobs = new SvelteMap<SessionId, string>();

  has(id: SessionId): boolean {
    return this.#jobs.has(id);
  }

  /** Resolves when the session is final or the user stops following it. */
  async start({ id, title }: StoredSession): Promise<void> {
    if (this.has(id)) return;
    const job = { title: jobWords.following(title), shownBy: { name: 'session', id } } as const;
    try {
      await jobs.run(job, (jobId) => {
        this.#jobs.set(id, jobId);
        return call('session.follow', { id, jobId });
      });
      toasts.show(sessionWords.upToDate(title));
    } catch (error) {
      if (errorTable[toErrorReply(error).code].kind !== 'cancelled') toasts.showError(error);
    } finally {
      this.#jobs.delete(id);
    }
  }

  stop(id: SessionId): void {
    const jobId = this.#jobs.get(id);
    if (jobId) jobs.cancel(jobId);
  }
}

export const following = new Following();
