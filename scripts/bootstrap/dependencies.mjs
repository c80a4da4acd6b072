import { join } from 'node:path';
import { readJsonFile } from './json-file.mjs';
import { cloneDir } from './paths.mjs';
import { log } from './plain-error.mjs';
import { runNpm } from './programs.mjs';

/** Installs the packages of package-lock.json unless they are installed. */
export async function installDependencies() {
  if (isInstalled()) return;
  log('Installing the packages in package-lock.json …');
  // The build tools are development dependencies, which NODE_ENV=production would leave out.
  await runNpm(['ci', '--include=dev'], cloneDir);
}

/**
 * Compares package-lock.json with node_modules/.package-lock.json, which npm writes last and only after a complete install. File times
 * would be wrong after a fresh clone.
 */
function isInstalled() {
  const wanted = readPackages(join(cloneDir, 'package-lock.json'));
  const installed = readPackages(join(cloneDir, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // Most optional packages are for another platform.
    if (path === '' || (entry.optional && !installed[path])) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages */

/** @param {string} lockFile */
function readPackages(lockFile) {
  try {
    return /** @type {{ packages: Packages }} */ (readJsonFile(lockFile)).packages;
  } catch {
    return undefined;
  }
}
