import { join } from 'node:path';
import { readJsonFile } from './json-file.mjs';
import { PlainError } from './plain-error.mjs';
import { cloneDir } from './paths.mjs';

/** Stops on a Node.js older than the one that package.json asks for. */
export function checkNodeVersion() {
  const manifest = /** @type {{ engines: { node: string } }} */ (readJsonFile(join(cloneDir, 'package.json')));
  const minimum = manifest.engines.node.replace(/^>=\s*/, '');
  if (!isAtLeast(process.versions.node, minimum)) {
    throw new PlainError(
      `Casement needs Node.js ${minimum} or newer, and this is ${process.versions.node}. ` +
        'Install a newer Node.js and run the command again.',
    );
  }
}

/**
 * @param {string} version
 * @param {string} minimum
 */
function isAtLeast(version, minimum) {
  const have = version.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (let i = 0; i < need.length; i += 1) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
