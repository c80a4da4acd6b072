import { sep } from 'node:path';
import { CasementError, toErrorReply } from '../contract/errors';
import type { RpcContext, RpcReply, RpcRequest } from '../contract/rpc';
import { describeBug } from '../contract/shared/describe-bug';

/** The port that Electron gives a utility process to its parent. Typed here because only `electron/` imports Electron. */
export interface ParentPort {
  postMessage(message: RpcReply): void;
  on(event: 'message', listener: (message: { data: RpcRequest; ports: MessagePortLike[] }) => void): void;
}

/** The part of Electron's MessagePortMain that is used here. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

type Methods<Table extends Record<string, { params: unknown; result: unknown }>> = {
  [Name in keyof Table]: (
    params: Table[Name]['params'],
    context: RpcContext<MessagePortLike>,
  ) => Promise<Table[Name]['result']> | Table[Name]['result'];
};

/**
 * Answers the parent's requests with these methods. Every failure becomes a reply with a code; unexpected errors are also reported for the
 * diagnostic log. `folder` contains the process's own files.
 */
export function serveParent<Table extends { [K in keyof Table]: { params: unknown; result: unknown } }>(
  parent: ParentPort,
  folder: string,
  methods: Methods<Table>,
): void {
  const reportBug = (error: unknown): void =>
    parent.postMessage({ kind: 'bug', bug: describeBug(error, `${folder}${sep}`) });
  const running = new Map<number, AbortController>();

  const answer = async (request: Extract<RpcRequest, { kind: 'request' }>, ports: MessagePortLike[]): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(methods, request.method)) throw new Error('no such method');
      // The table types each method; over the port only its name is known.
      const method = methods[request.method as keyof Table];
      const value = await method(request.params, {
        signal: controller.signal,
        onProgress: (progress) => parent.postMessage({ kind: 'progress', id, progress }),
        ports,
      });
      parent.postMessage({ kind: 'reply', id, ok: true, value });
    } catch (error) {
      const reply = toErrorReply(error);
      if (reply.code === 'bug' && !(error instanceof CasementError)) reportBug(error);
      parent.postMessage({ kind: 'reply', id, ok: false, error: reply });
    } finally {
      running.delete(id);
    }
  };

  process.on('uncaughtExceptionMonitor', reportBug);
  parent.on('message', ({ data, ports }) => {
    if (data.kind === 'cancel') running.get(data.id)?.abort();
    else void answer(data, ports);
  });
}

/** Returns the port to the parent process: Electron's, or that of Node's `fork`. Throws if no process has started this one. */
export function findParentPort(): ParentPort {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) return parentPort;
  if (!process.send) throw new Error('This file runs in a process that another one has started.');
  return {
    postMessage: (message) => void process.send?.(message),
    on: (_event, listener) => void process.on('message', (data) => listener({ data: data as RpcRequest, ports: [] })),
  };
}
