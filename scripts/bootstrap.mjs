import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfOutOfDate } from './bootstrap/build.mjs';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { installLinuxPackages } from './bootstrap/linux-packages.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { PlainError, runCommand } from './bootstrap/plain-error.mjs';
import { installRuntime } from './bootstrap/runtime.mjs';

/** @typedef {'app' | 'demo' | 'test' | 'bench' | 'cli'} Purpose */

/**
 * Brings a clone to where the purpose can be served. What is there already costs a look, no more. It starts with
 * Node.js alone: nothing here may import a package before the packages are installed.
 * @param {{ for: Purpose }} options
 */
export async function bootstrap({ for: purpose }) {
  checkNodeVersion();
  await installDependencies();
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
      throw new PlainError(`There is no set-up for "${purpose}". Say app, demo, test, bench or cli.`);
    }
    await bootstrap({ for: purpose });
  });
}

/**
 * @param {string} text
 * @returns {text is Purpose}
 */
function isPurpose(text) {
  return ['app', 'demo', 'test', 'bench', 'cli'].includes(text);
}
