import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { shareFile } from './share-file.mjs';
import { asUser, runtimeUser } from './user.mjs';

/**
 * Returns an executable that starts a program as the runtime user: Playwright can't change the user, so a script does.
 * @param {string} name  the script's name, unique for each program
 * @param {string} executable
 * @returns {string}
 */
export function asRuntimeUser(name, executable) {
  if (!runtimeUser) return executable;
  checkReachable(dirname(executable));
  const commandLine = asUser(runtimeUser, [`'${executable}'`, '"$@"']).join(' ');
  return shareFile(name, `#!/bin/sh\nexec ${commandLine}\n`, { mode: 0o755 });
}

/** @param {string} dir */
function checkReachable(dir) {
  for (let path = dir; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) !== 0) continue;
    throw new PlainError(
      `As root the application runs as another user, who can't enter ${path}. ` +
        'Set CASEMENT_CACHE to a folder that all users can enter and run the command again.',
    );
  }
}
