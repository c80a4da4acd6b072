import type { JobProgress } from './job-text';
import type { Route } from './navigation.svelte';
import { navigation } from './navigation.svelte';
import { call, mainEvents } from './bridge';

export interface Job {
  id: string;
  /** A description for the user. */
  title: string;
  /** The view that shows its progress. While the user is elsewhere, the tray does. */
  shownBy: Route | 'tray' | 'dialog';
  progress?: JobProgress;
  isStopping: boolean;
}

function newJobId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `job-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A job that reports no progress yet may be waiting in the system's file dialog, so the tray hides it. */
function isForTray(job: Job): boolean {
  if (!job.progress || job.shownBy === 'dialog') return false;
  return job.shownBy === 'tray' || !navigation.isAt(job.shownBy);
}

/** Long-running work that other processes do for this window. */
class Jobs {
  list = $state.raw<readonly Job[]>([]);
  inTray = $derived(this.list.filter(isForTray));

  /** Runs the work under a new job id and shows its progress until it succeeds or fails. */
  async run<T>(job: Pick<Job, 'title' | 'shownBy'>, work: (jobId: string) => Promise<T>): Promise<T> {
    const id = newJobId();
    this.list = [...this.list, { ...job, id, isStopping: false }];
    try {
      return await work(id);
    } finally {
      this.list = this.list.filter((other) => other.id !== id);
    }
  }

  find(id: string | undefined): Job | undefined {
    return this.list.find((job) => job.id === id);
  }

  /** Moves the progress of a job to a view. */
  showAt(id: string, route: Route): void {
    this.#change(id, { shownBy: route });
  }

  /** Asks the job to stop. Its promise then rejects with `cancelled`. */
  cancel(id: string): void {
    this.#change(id, { isStopping: true });
    // The job may have ended meanwhile.
    call('job.cancel', { jobId: id }).catch(() => undefined);
  }

  listen(): () => void {
    return mainEvents()['job.progress'](({ jobId, ...progress }) => this.#change(jobId, { progress }));
  }

  #change(id: string, change: Partial<Job>): void {
    this.list = this.list.map((job) => (job.id === id ? { ...job, ...change } : job));
  }
}

export const jobs = new Jobs();
