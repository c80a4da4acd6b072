import type { EventPayload } from '../contract/ipc';
import type { JobId } from '../contract/ids';
import type { Progress } from '../contract/rpc';

export interface RunningJob {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Long work by the id that the window gave it: its progress is told, and it can be stopped at any moment. */
export class Jobs {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly tell: (progress: EventPayload<'job.progress'>) => void) {}

  async run<T>(jobId: string, work: (job: RunningJob) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.running.set(jobId, controller);
    try {
      return await work({
        signal: controller.signal,
        onProgress: (progress) => this.tell({ jobId: jobId as JobId, ...progress }),
      });
    } finally {
      this.running.delete(jobId);
    }
  }

  cancel(jobId: string): void {
    this.running.get(jobId)?.abort();
  }
}
