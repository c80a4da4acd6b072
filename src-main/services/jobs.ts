import type { EventPayload } from '../contract/ipc';
import type { JobId } from '../contract/ids';
import type { Progress } from '../contract/rpc';

export interface RunningJob {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Between two tellings of how long a job still waits, ms. */
const tellEveryMs = 1000;

interface Running {
  controller: AbortController;
  /** What it told last of its own. */
  progress: Progress | undefined;
  waiting: NodeJS.Timeout | undefined;
}

/** Long work by the id that the window gave it: its progress is told, and it can be stopped at any moment. */
export class Jobs {
  private readonly running = new Map<string, Running>();

  constructor(private readonly tell: (progress: EventPayload<'job.progress'>) => void) {}

  async run<T>(jobId: string, work: (job: RunningJob) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const running: Running = { controller, progress: undefined, waiting: undefined };
    this.running.set(jobId, running);
    try {
      return await work({
        signal: controller.signal,
        onProgress: (progress) => {
          running.progress = progress;
          if (running.waiting === undefined) this.tell({ jobId: jobId as JobId, ...progress });
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
   * The job with this signal waits for its platform's limit: so long, ms, 0 where nobody knows; undefined when it goes on. Its time is told
   * each second. False where no job has this signal: nobody sees that wait, and nobody could stop it.
   */
  sayWaiting(signal: AbortSignal | undefined, waitMs: number | undefined): boolean {
    const [jobId, running] = [...this.running].find(([, { controller }]) => controller.signal === signal) ?? [];
    if (!running) return false;
    clearInterval(running.waiting);
    running.waiting = undefined;
    const tell = (progress: Progress): void => this.tell({ jobId: jobId as JobId, ...progress });
    if (waitMs === undefined) {
      if (running.progress) tell(running.progress);
      return true;
    }
    let leftMs = waitMs;
    const tellLeft = (): void => tell({ phase: 'waiting', done: 0, total: Math.max(0, leftMs) });
    running.waiting = setInterval(() => {
      leftMs -= tellEveryMs;
      tellLeft();
    }, tellEveryMs);
    tellLeft();
    return true;
  }
}
