import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfOutOfDate } from './bootstrap/build.mjs';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { installLinuxPackages } from './bootstrap/linux-packages.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { PlainError, runCommand } from './bootstrap/plain-error.mjs';
import { installRuntime } from './bootstrap/runtime.mjs';

const purposes = /** @type {const} */ (['app', 'demo', 'test', 'bench', 'cli', 'check']);

/** @typedef {typeof purposes[number]} Purpose */

/**
 * Installs and builds what the purpose needs; steps that are done already are skipped. Only Node.js is required at the start: nothing
 * here may import a package before the packages are installed.
 * @param {{ for: Purpose }} options
 */
export async function bootstrap({ for: purpose }) {
  checkNodeVersion();
  await installDependencies();
  // Static checks read the sources only.
  if (purpose === 'check') return;
  // The command line needs no window.
  if (purpose !== 'cli') {
    await installLinuxPackages(purpose);
    await installRuntime();
  }
  await buildIfOutOfDate();
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runCommand(async () => {
    const purpose = process.argv[2] ?? 'app';
    if (!isPurpose(purpose)) {
      throw new PlainError(`Unknown purpose "${purpose}". Choose one of ${purposes.join(', ')}.`);
    }
    await bootstrap({ for: purpose });
  });
}

/**
 * @param {string} text
 * @returns {text is Purpose}
 */
function isPurpose(text) {
  return /** @type {readonly string[]} */ (purposes).includes(text);
}
