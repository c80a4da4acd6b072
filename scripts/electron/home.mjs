import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { asUser } from './user.mjs';

/** The path of a socket is limited to 108 bytes, and Chromium and the keyring put theirs deep in the home folder. Bytes. */
const longestHome = 60;

/**
 * Creates a separate home folder, owned by the user, for everything that the application, its keyring and the toolkit write.
 * @param {string} home
 * @param {import('./user.mjs').User | undefined} user
 * @returns {Record<string, string>} the environment variables that point to it
 */
export function prepareHome(home, user) {
  if (process.platform === 'linux' && Buffer.byteLength(home) > longestHome) {
    throw new PlainError(`The path ${home} is too long for sockets. Choose one of at most ${longestHome} bytes.`);
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
  // As the user, not as root: the user may have put symbolic links there.
  const script = 'umask 077 && exec mkdir -p -- "$@"';
  const [program = '', ...args] = asUser(user, ['sh', '-c', script, 'sh', ...Object.values(env)]);
  const made = spawnSync(program, args, { cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) {
    throw new PlainError(
      `The user that the application runs as can't create its folders in ${home}: ${made.stderr.trim()}. ` +
        'Choose a folder that all users can enter.',
    );
  }
  return env;
}
