import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../bootstrap/paths.mjs';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { asUser } from './user.mjs';

/**
 * Makes sure that Chromium's sandbox can start on Linux: with user namespaces, or with the setuid helper. Casement never runs without the
 * sandbox. Throws a PlainError with the remedy if neither works.
 * @param {string} runtimeDir
 * @param {import('./user.mjs').User | undefined} user
 */
export function ensureSandbox(runtimeDir, user) {
  if (process.platform !== 'linux') return;
  if (succeeds(asUser(user, ['unshare', '--user', '--map-root-user', 'true']))) return;
  const helper = join(runtimeDir, 'chrome-sandbox');
  if (!isRoot) {
    const { uid, mode } = statSync(helper);
    if (uid === 0 && (mode & 0o4001) === 0o4001) return;
  } else if (succeeds(['unshare', '--mount', '--pid', '--fork', 'true'])) {
    // Root may create namespaces, so the helper may too once root owns it.
    chownSync(helper, 0, 0);
    chmodSync(helper, 0o4755);
    return;
  }
  throw new PlainError(
    isRoot
      ? 'This container forbids the namespaces that the sandbox needs, and Casement never runs without its sandbox. ' +
          'Start the container with --cap-add=SYS_ADMIN, or with a seccomp profile that allows user namespaces.'
      : 'This system forbids user namespaces, which the sandbox needs, and Casement never runs without its ' +
          'sandbox. Run this once, then run the command again:\n' +
          `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** @param {string[]} commandLine */
function succeeds([command = '', ...args]) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
