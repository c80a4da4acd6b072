import type { JobProgress } from './job-text';
import type { Place } from './navigation.svelte';
import { navigation } from './navigation.svelte';
import { call, mainEvents } from './bridge';

export interface Job {
  id: string;
  /** What it does, in words. */
  title: string;
  /** The place that shows its progress itself, while the user is there; anywhere else the tray does. */
  shownBy: Place | 'tray' | 'dialog';
  progress?: JobProgress;
  isStopping: boolean;
}

function newJobId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `job-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A job without progress, such as one that waits in the system's file dialog, has nothing to show yet. */
function isForTray(job: Job): boolean {
  if (!job.progress || job.shownBy === 'dialog') return false;
  return job.shownBy === 'tray' || !navigation.isAt(job.shownBy);
}

/** Long work that runs in other processes on behalf of this window. */
class Jobs {
  list = $state.raw<readonly Job[]>([]);
  inTray = $derived(this.list.filter(isForTray));

  /** Runs the work under a new job id and shows its progress until it ends, well or not. */
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

  /** From now on this place shows its progress. */
  showAt(id: string, place: Place): void {
    this.#change(id, { shownBy: place });
  }

  /** Asks the job to stop; it ends by rejecting with `cancelled`. */
  cancel(id: string): void {
    this.#change(id, { isStopping: true });
    // A job that ended meanwhile has nothing left to stop.
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
