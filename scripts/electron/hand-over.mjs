import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from '../bootstrap/places.mjs';

/**
 * Puts a file where the user that Electron runs as can reach it. That is a folder which the user can't write in:
 * root must never write into one that is the user's, because a link laid there would lead it anywhere.
 * @param {string} name  may name a folder too
 * @param {string | NodeJS.ArrayBufferView} content
 * @param {object} [options]
 * @param {number} [options.mode]
 * @param {import('./user.mjs').User | undefined} [options.owner]
 * @returns {string} its path
 */
export function handOver(name, content, { mode = 0o644, owner } = {}) {
  const path = join(cacheDir(), 'shared', name);
  const umask = process.umask(0o022);
  mkdirSync(dirname(path), { recursive: true });
  process.umask(umask);
  // In one move: somebody may read the file that was there before.
  const temporary = mkdtempSync(join(dirname(path), 'writing-'));
  try {
    const file = join(temporary, basename(path));
    writeFileSync(file, content);
    chmodSync(file, mode);
    if (owner) chownSync(file, owner.uid, owner.gid);
    renameSync(file, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return path;
}
