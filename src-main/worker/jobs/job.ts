import type { Progress } from '../../contract/rpc';

/** A running job: its progress is shown in the window, and the user can cancel it. */
export interface Job {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}
