import type { Bug } from './diagnostics';
import type { ErrorReply } from './errors';

/** The protocol between main and a utility process: numbered requests, one reply each, progress in between. */
export type RpcRequest =
  { kind: 'request'; id: number; method: string; params: unknown } | { kind: 'cancel'; id: number };

export type RpcReply =
  | { kind: 'reply'; id: number; ok: true; value: unknown }
  | { kind: 'reply'; id: number; ok: false; error: ErrorReply }
  | { kind: 'progress'; id: number; progress: Progress }
  /** An unexpected error, for the diagnostic log. */
  | { kind: 'bug'; bug: Bug };

export const phases = [
  'waiting',
  'following',
  'fetching',
  'reading',
  'storing',
  'counting',
  'redacting',
  'checking',
  'picturing',
  'indexing',
] as const;

/** The progress of a long job. `total` is 0 while it is unknown. */
export interface Progress {
  /**
   * In the phase `waiting`, for a platform's rate limit, `total` is the time left in ms, 0 if unknown. In the phase `following`, it is the time
   * between two checks of a live session, ms.
   */
  phase: (typeof phases)[number];
  done: number;
  total: number;
  /** Of a pull: the number of events read so far. */
  events?: number | undefined;
  /** Of several files: how many are done, and how many were found. */
  files?: { done: number; total: number } | undefined;
}

/** The arguments that a method of a utility process receives in addition to its parameters. */
export interface RpcContext<Port> {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** The ports transferred with the request. */
  ports: Port[];
}
