import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';

/** @typedef {typeof import('./client')} Client */

// Pulls once into a new vault, with the worker in its own process as in the app; timed like an import (import-child.mjs).
const [origin = '', caFile = '', folder = ''] = process.argv.slice(2);
const { module: client } = /** @type {{ module: Client }} */ (
  await runnerImport(join(cloneDir, 'bench', 'pull', 'client.ts'))
);
const child = fork(join(cloneDir, 'bench', 'pull', 'worker-child.mjs'), {
  execArgv: ['--max-semi-space-size=32'],
  serialization: 'advanced',
});
/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();
child.on('message', (/** @type {{ id: number, value?: unknown, failure?: string }} */ { id, value, failure }) => {
  const request = waiting.get(id);
  waiting.delete(id);
  if (failure === undefined) request?.resolve(value);
  else request?.reject(new Error(failure));
});
child.once('exit', (code) => waiting.forEach(({ reject }) => reject(new Error(`the worker ended with ${code}`))));
let lastId = 0;
/** @type {(method: string, params: unknown) => Promise<any>} */
const call = (method, params) =>
  new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    child.send({ id, method, params });
  });

await call('vault.open', {
  kept: join(folder, 'vault'),
  thisRun: join(folder, 'this-run', 'x'),
  key: randomBytes(32),
  isForThisRun: false,
});
await call('search.catch-up', {});
const started = performance.now();
const session = await client.pullInto({ call }, origin, readFileSync(caFile, 'utf8'));
await call('search.catch-up', {});
const ms = performance.now() - started;
const peakMB = /** @type {number} */ (await call('peak', null));
const mainMB = process.resourceUsage().maxRSS / 1024;
await call('vault.close', null);
child.disconnect();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ ms, peakMB, mainMB, events: session.facts.events }));
