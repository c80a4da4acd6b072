import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../bootstrap/programs.mjs';
import { isRoot } from '../bootstrap/paths.mjs';
import { PlainError } from '../bootstrap/plain-error.mjs';

const script = fileURLToPath(new URL('./reopen.mjs', import.meta.url));

/**
 * Opens the case file again in a process tree without a network: in a network namespace that has only a loopback device, over which
 * Playwright drives the app. Only root on Linux can create one; elsewhere the app's "Work offline" is used. The returned lines name the
 * method.
 * @param {string} caseFile
 * @param {string} files the folder for screenshots
 * @returns {Promise<string[]>}
 */
export function runReopening(caseFile, files) {
  const isIsolated = isRoot && process.platform === 'linux' && Boolean(findProgram('unshare') && findProgram('ip'));
  const node = [process.execPath, script, caseFile, files];
  const [program = '', ...args] = isIsolated
    ? ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...node]
    : node;
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new PlainError('The case file could not be opened again. The output above gives the reason.');
  const how = isIsolated
    ? 'opened in a network namespace with a loopback device only'
    : 'opened with “Work offline” on; the computer’s network was available';
  return Promise.resolve([...stdout.trim().split('\n'), `network   none: ${how}`]);
}
