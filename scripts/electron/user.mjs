import { isRoot } from '../bootstrap/paths.mjs';

/**
 * The user that Electron runs as if it can't be the current one.
 * @typedef {object} User
 * @property {number} uid
 * @property {number} gid
 */

/** Chromium refuses to run sandboxed as root, so Electron then runs as the system's unprivileged user (uid 65534). @type {User | undefined} */
export const runtimeUser = isRoot && process.platform === 'linux' ? { uid: 65534, gid: 65534 } : undefined;

/**
 * Returns the command line that runs a program as that user.
 * @param {User | undefined} user
 * @param {string[]} commandLine
 * @param {string[]} [options]  further options of setpriv
 * @returns {string[]}
 */
export function asUser(user, commandLine, options = []) {
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
  const needed = [...identity, ...options];
  return needed.length === 0 ? commandLine : ['setpriv', ...needed, '--', ...commandLine];
}
