import { readFileSync } from 'node:fs';

/**
 * Reads a JSON file that this project or a package of its own brings along; the caller says its type.
 * @param {string} path
 * @returns {unknown}
 */
export function readJsonFile(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
