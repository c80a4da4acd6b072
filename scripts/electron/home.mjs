import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { asUser } from './user.mjs';

/** A socket's path has 108 bytes at most, and Chromium's and the keyring's lie this deep in the home folder. */
const longestHome = 60;

/**
 * A home folder that stands apart from every other: what the application, its keyring and the toolkit write goes
 * there. Makes it when it isn't there and hands it to the user.
 * @param {string} home
 * @param {import('./user.mjs').User | undefined} user
 * @returns {Record<string, string>} the variables that point there
 */
export function prepareHome(home, user) {
  if (process.platform === 'linux' && Buffer.byteLength(home) > longestHome) {
    throw new PlainError(`The path ${home} is too long for sockets. Choose one of ${longestHome} letters or fewer.`);
  }
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: join(home, '.run'),
    TMPDIR: join(home, '.tmp'),
    CASEMENT_HOME: join(home, 'casement-data'),
  };
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (!user) {
    for (const dir of Object.values(env)) mkdirSync(dir, { recursive: true, mode: 0o700 });
    return env;
  }
  chownSync(home, user.uid, user.gid);
  // As the user, not as root: what lies in there is the user's, and a link may lead anywhere.
  const script = 'umask 077 && exec mkdir -p -- "$@"';
  const [program = '', ...args] = asUser(user, ['sh', '-c', script, 'sh', ...Object.values(env)]);
  const made = spawnSync(program, args, { cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) {
    throw new PlainError(
      `The user that the application runs as can't make its folders in ${home}: ${made.stderr.trim()}. ` +
        'Choose a place that everybody can enter.',
    );
  }
  return env;
}
