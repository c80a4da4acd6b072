import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone that this file is part of. */
export const cloneDir = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Root can't run a sandboxed Electron, so much here is arranged differently for it. */
export const isRoot = process.getuid?.() === 0;

/**
 * Where downloads are kept between clones. Root's is a folder that another user can enter, because as root the
 * runtime is run by one.
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
