import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../scripts/bootstrap/paths.mjs';

/** @typedef {typeof import('../src-main/contract/settings')} Settings */

/** Loaded here because the child's memory is measured. */
const settings = /** @type {Promise<{ module: Settings }>} */ (
  runnerImport(join(cloneDir, 'src-main', 'contract', 'settings.ts'))
);

/**
 * Runs a script of this folder in its own process, with the engine options of the app's worker, and returns the JSON that it prints.
 * @template T
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<T>}
 */
export async function runChild(script, args) {
  const child = spawn(process.execPath, ['--max-semi-space-size=32', join(cloneDir, 'bench', script), ...args], {
    env: { ...process.env, BENCH_THRESHOLDS: JSON.stringify((await settings).module.defaultThresholds) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  /** @type {string} */
  const printed = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`bench/${script} ended with ${code}.`));
    });
  });
  /** @type {T} */
  const result = JSON.parse(printed);
  return result;
}
