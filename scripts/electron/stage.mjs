import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from '../bootstrap/fingerprint.mjs';
import { cacheDir, cloneDir } from '../bootstrap/paths.mjs';

/** The built application's files. It bundles every package but the native one, of which only this platform's binary is needed. */
const parts = [
  'package.json',
  'dist',
  'resources',
  'node_modules/keytar/package.json',
  'node_modules/keytar/lib',
  `node_modules/keytar/prebuilds/${process.platform}-${process.arch}`,
];

/** A build that wasn't started for this long is deleted: its clone may be gone as well. */
const keepMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Returns a folder with the built application that the user can read: the clone itself, or for another user a copy in the cache, because
 * other users often can't read the clone. The copy is named by its content, so a running application keeps its files while the next
 * build is started, and clones with the same build share one copy.
 * @param {import('./user.mjs').User | undefined} user
 * @returns {string}
 */
export function stageApp(user) {
  if (!user) return cloneDir;
  const staged = join(cacheDir(), 'app', fingerprint(cloneDir, parts).slice(0, 24));
  if (existsSync(staged)) {
    const now = new Date();
    utimesSync(staged, now, now);
    return staged;
  }
  const umask = process.umask(0o022);
  try {
    mkdirSync(dirname(staged), { recursive: true });
    removeUnused(dirname(staged));
    copyTo(staged);
  } finally {
    process.umask(umask);
  }
  return staged;
}

/** @param {string} staged */
function copyTo(staged) {
  const temporary = mkdtempSync(join(dirname(staged), 'copying-'));
  const target = join(temporary, 'app');
  try {
    for (const part of parts) {
      if (existsSync(join(cloneDir, part))) cpSync(join(cloneDir, part), join(target, part), { recursive: true });
    }
    makeReadable(target);
    renameSync(target, staged);
  } catch (error) {
    // Two concurrent starts copy the same build; the second copy isn't needed.
    if (!existsSync(staged)) throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Makes files readable for other users, because the modes of the clone depend on its umask.
 * @param {string} path
 */
function makeReadable(path) {
  const isDirectory = statSync(path).isDirectory();
  chmodSync(path, isDirectory ? 0o755 : 0o644);
  if (isDirectory) for (const name of readdirSync(path)) makeReadable(join(path, name));
}

/** @param {string} dir */
function removeUnused(dir) {
  for (const name of readdirSync(dir)) {
    const age = Date.now() - statSync(join(dir, name)).mtimeMs;
    if (age > keepMs) rmSync(join(dir, name), { recursive: true, force: true });
  }
}
