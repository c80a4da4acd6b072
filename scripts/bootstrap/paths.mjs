import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this clone. */
export const cloneDir = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Chromium refuses to run sandboxed as root, so Electron is then started as another user. */
export const isRoot = process.getuid?.() === 0;

/**
 * Returns the folder for downloads that all clones share. For root it is one that other users can enter, because Electron then runs as
 * another user.
 * @returns {string}
 */
export function cacheDir() {
  if (process.env.CASEMENT_CACHE) return resolve(process.env.CASEMENT_CACHE);
  if (isRoot) return '/var/cache/casement';
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'casement');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) {
    return join(process.env.LOCALAPPDATA, 'casement', 'cache');
  }
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'casement');
}
