import type { Progress } from '../../contract/rpc';

/** Work that the window can see and stop. */
export interface Job {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}
