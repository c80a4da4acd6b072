import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cloneDir } from '../scripts/bootstrap/paths.mjs';

/** @typedef {import('../src-main/contract/worker').WorkerMethods} WorkerMethods */
/** @typedef {import('../src-main/contract/rpc').RpcReply} RpcReply */

/**
 * Loads the built worker into this process; this script acts as its parent.
 * @returns {<Name extends keyof WorkerMethods>(method: Name, params: WorkerMethods[Name]['params']) => Promise<WorkerMethods[Name]['result']>}
 */
export function startWorker() {
  const parent = new EventEmitter();
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  const parentPort = {
    on: parent.on.bind(parent),
    /** @param {RpcReply} reply */
    postMessage(reply) {
      if (reply.kind !== 'reply') return;
      const request = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) request?.resolve(reply.value);
      else request?.reject(new Error(`the worker answered ${reply.error.code}`));
    },
  };
  Object.assign(process, { parentPort });
  createRequire(import.meta.url)(join(cloneDir, 'dist', 'main', 'worker.cjs'));
  let lastId = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      parent.emit('message', { data: { kind: 'request', id, method, params }, ports: [] });
    });
}

/** The app's default thresholds, passed in by bench/child.mjs. */
export const thresholds = /** @type {import('../src-main/contract/settings').TimelineThresholds} */ (
  JSON.parse(process.env.BENCH_THRESHOLDS ?? '{}')
);
