import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns a hash over the names and contents of files and folders. File times are ignored, because git and copies change them. A missing
 * path adds nothing.
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
    // With the length, content can't move from one file to the next unnoticed.
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
