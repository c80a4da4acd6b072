import { readFileSync } from 'node:fs';

/**
 * Reads a JSON file of this project or of an installed package. The caller asserts its type.
 * @param {string} path
 * @returns {unknown}
 */
export function readJsonFile(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
