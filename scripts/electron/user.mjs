import { isRoot } from '../bootstrap/places.mjs';

/**
 * Who Electron runs as when it can't be the one who started it.
 * @typedef {object} User
 * @property {number} uid
 * @property {number} gid
 */

/** As root Chromium refuses its sandbox, so Electron runs as "nobody", who owns nothing else. @type {User | undefined} */
export const runtimeUser = isRoot && process.platform === 'linux' ? { uid: 65534, gid: 65534 } : undefined;

/**
 * The command line that runs something as that user.
 * @param {User | undefined} user
 * @param {string[]} commandLine
 * @param {string[]} [options]  more of setpriv's own
 * @returns {string[]}
 */
export function asUser(user, commandLine, options = []) {
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
  const needed = [...identity, ...options];
  return needed.length === 0 ? commandLine : ['setpriv', ...needed, '--', ...commandLine];
}
