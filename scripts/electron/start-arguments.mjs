import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { cacheDir } from '../bootstrap/paths.mjs';
import { log } from '../bootstrap/plain-error.mjs';
import { shareFile } from './share-file.mjs';
import { asUser } from './user.mjs';

/** Inside shareFile's folder. */
const copiesName = 'opened';

/** A copy is needed until the application has imported it, which only the application knows. */
const keepMs = 24 * 60 * 60 * 1000;

/**
 * Returns the arguments as the application can use them: it starts in another folder, and maybe as another user.
 * @param {string[]} given
 * @param {import('./user.mjs').User | undefined} user
 * @returns {string[]}
 */
export function reachableArguments(given, user) {
  removeOldCopies();
  return given.map((argument) => {
    if (argument.startsWith('-')) return argument;
    const path = resolve(argument);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return argument;
    if (!user || canRead(path, user)) return path;
    // Files of the same name get different folders.
    const folder = createHash('sha256').update(path).digest('hex').slice(0, 12);
    const name = join(copiesName, folder, basename(path));
    const copy = shareFile(name, readFileSync(path), { mode: 0o400, owner: user });
    log(
      `The application runs as another user, who can't read ${path}. It opens a copy, which is kept for a day: ${copy}`,
    );
    return copy;
  });
}

/**
 * @param {string} path
 * @param {import('./user.mjs').User} user
 */
function canRead(path, user) {
  const [program = '', ...args] = asUser(user, ['test', '-r', path]);
  return spawnSync(program, args, { cwd: '/', stdio: 'ignore' }).status === 0;
}

function removeOldCopies() {
  const dir = join(cacheDir(), 'shared', copiesName);
  if (!statSync(dir, { throwIfNoEntry: false })) return;
  for (const name of readdirSync(dir)) {
    const age = Date.now() - statSync(join(dir, name)).mtimeMs;
    if (age > keepMs) rmSync(join(dir, name), { recursive: true, force: true });
  }
}
