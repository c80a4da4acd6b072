import { spawnSync } from 'node:child_process';
import { isMet, needsFor } from './linux-needs.mjs';
import { isRoot } from './places.mjs';
import { PlainError, say } from './plain-error.mjs';
import { findProgram, runProgram } from './programs.mjs';

/**
 * Sees to the libraries and programs of a Linux system: as root it installs what is missing, for anybody else it
 * says what to run. macOS and Windows need nothing.
 * @param {'app' | 'demo' | 'test' | 'bench'} purpose
 */
export async function installLinuxPackages(purpose) {
  if (process.platform !== 'linux') return;
  const missing = findMissing(purpose);
  if (missing.length === 0) return;
  const aptGet = findProgram('apt-get');
  if (!aptGet) {
    throw new PlainError(
      `This system lacks ${missing.map((need) => need.what).join(', ')}. ` +
        "Install them with the system's package manager and run the command again.",
    );
  }
  if (!isRoot) {
    const names = missing.map(choosePackage).join(' ');
    throw new PlainError(
      `Casement needs a few system packages. Run this and then the command again:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
    );
  }
  say(`Installing system packages for ${missing.map((need) => need.what).join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another program may hold dpkg's lock for a moment, on a machine that has just started.
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  await runProgram(aptGet, [...patient, 'update'], { env });
  const names = [...new Set(missing.map(choosePackage))];
  await runProgram(aptGet, [...patient, 'install', '-y', '--no-install-recommends', ...names], { env });
  const still = findMissing(purpose);
  if (still.length > 0) {
    throw new PlainError(
      `The system packages were installed, but ${still.map((need) => need.what).join(', ')} can't be found. ` +
        'Install them by hand and run the command again.',
    );
  }
}

/** @param {'app' | 'demo' | 'test' | 'bench'} purpose */
function findMissing(purpose) {
  const known = spawnSync(findProgram('ldconfig') ?? 'ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return needsFor(purpose, isRoot).filter((need) => !isMet(need, known));
}

/**
 * The first of a need's names that this release of the system has a package for.
 * @param {import('./linux-needs.mjs').LinuxNeed} need
 * @returns {string}
 */
function choosePackage(need) {
  const usual = need.packages[0] ?? need.what;
  if (need.packages.length === 1) return usual;
  const served = need.packages.find((name) => {
    // A name that only other packages provide prints nothing here, and apt-get may refuse to choose among those.
    const shown = spawnSync(findProgram('apt-cache') ?? 'apt-cache', ['show', '--no-all-versions', name], {
      encoding: 'utf8',
    });
    return shown.status === 0 && shown.stdout.trim() !== '';
  });
  return served ?? usual;
}
