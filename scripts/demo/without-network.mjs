import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../bootstrap/programs.mjs';
import { isRoot } from '../bootstrap/places.mjs';
import { PlainError } from '../bootstrap/plain-error.mjs';

const script = fileURLToPath(new URL('./reopen.mjs', import.meta.url));

/**
 * Opens the case file again in a process tree that has no network at all: a network namespace with nothing but its own loopback,
 * over which the demo steers the window. Only root on Linux can make one; elsewhere the app's own "Work offline" has to do,
 * and the line that is returned says which it was.
 * @param {string} caseFile
 * @param {string} files the folder for screenshots
 * @returns {Promise<string[]>}
 */
export function runReopening(caseFile, files) {
  const isCut = isRoot && process.platform === 'linux' && Boolean(findProgram('unshare') && findProgram('ip'));
  const node = [process.execPath, script, caseFile, files];
  const [program = '', ...args] = isCut
    ? ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...node]
    : node;
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new PlainError('The case file could not be opened again. What went wrong is said above.');
  const how = isCut
    ? 'in a network namespace without a way out'
    : 'with “Work offline” on; the network itself was there';
  return Promise.resolve([...stdout.trim().split('\n'), `network   none: ${how}`]);
}
