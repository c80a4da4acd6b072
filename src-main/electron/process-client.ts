import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { Bug } from '../contract/diagnostics';
import { CasementError } from '../contract/errors';
import type { RpcReply, RpcRequest } from '../contract/rpc';
import { Mutex } from '../contract/shared/mutex';
import type { CallOptions, ProcessPort } from '../services/ports';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  onProgress: CallOptions['onProgress'];
}

export interface ProcessOptions {
  /** The name in the system's process list. */
  name: string;
  script: string;
  env?: Record<string, string>;
  /** Options of the JavaScript engine. */
  execArgv?: string[];
  /** A call that takes longer than this, ms, ends the process and fails with this code: for a native binding that may hang. */
  limit?: { ms: number; code: 'keychain-timeout' };
}

/** A utility process and its pending calls. The process starts with the first call, or with `start`. */
export class ProcessClient<Table> implements ProcessPort<Table> {
  private child: UtilityProcess | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private reportLoss: () => void = () => undefined;
  private reportBug: (bug: Bug) => void = () => undefined;

  constructor(private readonly options: ProcessOptions) {}

  call: ProcessPort<Table>['call'] = (method, params, { signal, onProgress, ports = [] } = {}) => {
    const id = ++this.lastId;
    const child = this.ensureChild();
    const send = (request: RpcRequest): void => child.postMessage(request, ports as MessagePortMain[]);
    return new Promise((resolve, reject) => {
      const { limit } = this.options;
      const timer = limit && setTimeout(() => this.end(new CasementError(limit.code)), limit.ms);
      const cancel = (): void => child.postMessage({ kind: 'cancel', id } satisfies RpcRequest);
      signal?.addEventListener('abort', cancel, { once: true });
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        this.waiting.delete(id);
      };
      this.waiting.set(id, {
        resolve: (value) => {
          settle();
          // The table types the result of this method; the port carried it as unknown.
          resolve(value as never);
        },
        reject: (error) => {
          settle();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- always a CasementError, typed unknown for the map
          reject(error);
        },
        onProgress,
      });
      send({ kind: 'request', id, method, params });
      if (signal?.aborted) cancel();
    });
  };

  /** Starts the process ahead of its first call. */
  start(): void {
    this.ensureChild();
  }

  /** Calls the listener when the process has ended unexpectedly. The next call starts it again. */
  onLost(listener: () => void): void {
    this.reportLoss = listener;
  }

  /** Calls the listener for each unexpected error of the process. */
  onBug(listener: (bug: Bug) => void): void {
    this.reportBug = listener;
  }

  /** Ends the process. Calls that wait for it fail. */
  end(error: CasementError = new CasementError('worker-gone')): void {
    this.child?.kill();
    this.child = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
  }

  private ensureChild(): UtilityProcess {
    if (this.child) return this.child;
    const { name, script, env = {}, execArgv = [] } = this.options;
    const child = utilityProcess.fork(script, [], { serviceName: name, env, execArgv, stdio: 'inherit' });
    child.on('message', (reply: RpcReply) => this.receive(reply));
    child.once('exit', () => {
      if (this.child !== child) return;
      this.end();
      this.reportLoss();
    });
    this.child = child;
    return child;
  }

  private receive(reply: RpcReply): void {
    if (reply.kind === 'bug') return this.reportBug(reply.bug);
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    if (reply.kind === 'progress') waiting.onProgress?.(reply.progress);
    else if (reply.ok) waiting.resolve(reply.value);
    else waiting.reject(new CasementError(reply.error.code, reply.error.details));
  }
}

/** Makes one call at a time, for a native binding whose hanging calls would block each other. */
export function oneAtATime<Table>(port: ProcessPort<Table>): ProcessPort<Table> {
  const calls = new Mutex();
  return { call: (method, params, options) => calls.run(() => port.call(method, params, options)) };
}
