import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';

/** Returns the path of a file under `test/fixtures`. */
export function fixturePath(path: string): string {
  return resolve(import.meta.dirname, '../fixtures', path);
}

/** Returns the path of a file under `resources`. */
export function resourcePath(path: string): string {
  return resolve(import.meta.dirname, '../../resources', path);
}

/** Returns the path of every recording: the demo's, and those that only the tests read; sorted by file name. */
export function recordingPaths(): string[] {
  return [resourcePath('demo'), fixturePath('recordings')]
    .flatMap((folder) => readdirSync(folder).map((name) => resolve(folder, name)))
    .filter((path) => path.endsWith('.gz'))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}
