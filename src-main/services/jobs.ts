import type { EventPayload } from '../contract/ipc';
import type { JobId } from '../contract/ids';
import type { Progress } from '../contract/rpc';

export interface RunningJob {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** The interval between two reports of a job's remaining wait, ms. */
const reportEveryMs = 1000;

interface Running {
  controller: AbortController;
  /** The last progress that the job itself reported. */
  progress: Progress | undefined;
  waiting: NodeJS.Timeout | undefined;
}

/** Long-running work by the id that the shell gave it. A job reports its progress and can be cancelled at any time. */
export class Jobs {
  private readonly running = new Map<string, Running>();

  constructor(private readonly report: (progress: EventPayload<'job.progress'>) => void) {}

  async run<T>(jobId: string, work: (job: RunningJob) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const running: Running = { controller, progress: undefined, waiting: undefined };
    this.running.set(jobId, running);
    try {
      return await work({
        signal: controller.signal,
        onProgress: (progress) => {
          running.progress = progress;
          if (running.waiting === undefined) this.report({ jobId: jobId as JobId, ...progress });
        },
      });
    } finally {
      clearInterval(running.waiting);
      this.running.delete(jobId);
    }
  }

  cancel(jobId: string): void {
    this.running.get(jobId)?.controller.abort();
  }

  /**
   * Reports that the job with this signal waits for a rate limit: `waitMs` is the expected wait (0 = unknown, undefined = over). The time left
   * is reported every second. Returns whether there is such a job: without one, the user neither sees the wait nor can cancel it.
   */
  reportWait(signal: AbortSignal | undefined, waitMs: number | undefined): boolean {
    const [jobId, running] = [...this.running].find(([, { controller }]) => controller.signal === signal) ?? [];
    if (!running) return false;
    clearInterval(running.waiting);
    running.waiting = undefined;
    const report = (progress: Progress): void => this.report({ jobId: jobId as JobId, ...progress });
    if (waitMs === undefined) {
      if (running.progress) report(running.progress);
      return true;
    }
    let leftMs = waitMs;
    const reportLeft = (): void => report({ phase: 'waiting', done: 0, total: Math.max(0, leftMs) });
    running.waiting = setInterval(() => {
      leftMs -= reportEveryMs;
      reportLeft();
    }, reportEveryMs);
    reportLeft();
    return true;
  }
}
