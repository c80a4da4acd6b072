import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash over the names and contents of files and whole folders. Contents, not times: git and a copy change those.
 * A path that isn't there counts as absent, which is a state too.
 * @param {string} root
 * @param {string[]} paths  relative to root
 * @param {(path: string) => boolean} [isIncluded]
 * @returns {string}
 */
export function fingerprint(root, paths, isIncluded = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((start) => listFiles(root, start)).sort()) {
    if (!isIncluded(path)) continue;
    const content = readFileSync(join(root, path));
    // The length keeps two neighbouring files from reading like one.
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(root, path) {
  const entry = statSync(join(root, path), { throwIfNoEntry: false });
  if (!entry) return [];
  if (!entry.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => listFiles(root, join(path, name)));
}
