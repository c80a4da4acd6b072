import { join } from 'node:path';
import { readJsonFile } from './bootstrap/json-file.mjs';
import { cloneDir } from './bootstrap/paths.mjs';

/**
 * Returns the file of a program that an installed package provides, to be run by Node.js. The entries of node_modules/.bin are not
 * used: on Windows they are shell scripts.
 * @param {string} packageName
 * @param {string} [program]  if its name isn't the package's
 * @returns {string}
 */
export function packageProgram(packageName, program = packageName) {
  const folder = join(cloneDir, 'node_modules', packageName);
  const { bin } = /** @type {{ bin: string | Record<string, string> }} */ (readJsonFile(join(folder, 'package.json')));
  const file = typeof bin === 'string' ? bin : bin[program];
  if (!file) throw new Error(`The package ${packageName} has no program ${program}.`);
  return join(folder, file);
}
