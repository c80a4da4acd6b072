import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { handOver } from './hand-over.mjs';
import { asUser, runtimeUser } from './user.mjs';

/**
 * Playwright starts one executable and can't change its user, so where that is needed a script does.
 * @param {string} name  of the script, one for each program
 * @param {string} executable
 * @returns {string} what to start
 */
export function asRuntimeUser(name, executable) {
  if (!runtimeUser) return executable;
  checkReachable(dirname(executable));
  const commandLine = asUser(runtimeUser, [`'${executable}'`, '"$@"']).join(' ');
  return handOver(name, `#!/bin/sh\nexec ${commandLine}\n`, { mode: 0o755 });
}

/** @param {string} dir */
function checkReachable(dir) {
  for (let path = dir; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) !== 0) continue;
    throw new PlainError(
      `As root the application runs as another user, who can't enter ${path}. ` +
        'Set CASEMENT_CACHE to a folder that everybody can enter and run the command again.',
    );
  }
}
