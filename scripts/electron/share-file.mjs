import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from '../bootstrap/paths.mjs';

/**
 * Writes a file where the user that Electron runs as can read it. That user can't write to the folder: root must never write into a
 * user's folder, because a symbolic link there could redirect the write.
 * Returns the file's path.
 * @param {string} name  may include a folder
 * @param {string | NodeJS.ArrayBufferView} content
 * @param {object} [options]
 * @param {number} [options.mode]
 * @param {import('./user.mjs').User | undefined} [options.owner]
 * @returns {string}
 */
export function shareFile(name, content, { mode = 0o644, owner } = {}) {
  const path = join(cacheDir(), 'shared', name);
  const umask = process.umask(0o022);
  mkdirSync(dirname(path), { recursive: true });
  process.umask(umask);
  // By a rename: another process may be reading the previous file.
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
