import { join } from 'node:path';
import { readJsonFile } from './json-file.mjs';
import { cloneDir } from './places.mjs';
import { say } from './plain-error.mjs';
import { runNpm } from './programs.mjs';

/** Installs the packages of package-lock.json unless they are there already. */
export async function installDependencies() {
  if (isInstalled()) return;
  say('Installing the packages in package-lock.json …');
  // Whatever NODE_ENV says: the build tools are development dependencies.
  await runNpm(['ci', '--include=dev'], cloneDir);
}

/**
 * npm writes node_modules/.package-lock.json as its last act, so it is there only after a whole install, and it
 * lists what was installed: neither a fresh clone's file times nor an interrupted install can mislead.
 */
function isInstalled() {
  const wanted = readPackages(join(cloneDir, 'package-lock.json'));
  const installed = readPackages(join(cloneDir, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // An optional package may rightly be absent: most are for another platform.
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
