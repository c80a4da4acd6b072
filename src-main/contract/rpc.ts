import type { ErrorReply } from './errors';

/** What runs between main and a utility process: numbered requests, one answer each, progress between. */
export type RpcRequest =
  { kind: 'request'; id: number; method: string; params: unknown } | { kind: 'cancel'; id: number };

export type RpcReply =
  | { kind: 'reply'; id: number; ok: true; value: unknown }
  | { kind: 'reply'; id: number; ok: false; error: ErrorReply }
  | { kind: 'progress'; id: number; progress: Progress };

/** How far a long job is. `total` is 0 while it isn't known. */
export interface Progress {
  /** `waiting` for the platform's limit: `total` is how long still, ms, 0 where nobody knows. */
  phase:
    'waiting' | 'fetching' | 'reading' | 'storing' | 'counting' | 'redacting' | 'checking' | 'picturing' | 'indexing';
  done: number;
  total: number;
  /** Of a pull: the events that were read so far. */
  events?: number | undefined;
  /** Of many files: those that are done, and all that were found. */
  files?: { done: number; total: number } | undefined;
}

/** What a method of a utility process is given besides its parameters. */
export interface RpcContext<Port> {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** Ports that came with the request. */
  ports: Port[];
}
