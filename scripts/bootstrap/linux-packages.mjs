import { spawnSync } from 'node:child_process';
import { isMet, requirementsFor } from './linux-requirements.mjs';
import { isRoot } from './paths.mjs';
import { PlainError, log } from './plain-error.mjs';
import { findProgram, runProgram } from './programs.mjs';

/**
 * Installs missing libraries and programs on Linux if it runs as root; otherwise it throws an error that names the command to run. macOS
 * and Windows need nothing.
 * @param {'app' | 'demo' | 'test' | 'bench'} purpose
 */
export async function installLinuxPackages(purpose) {
  if (process.platform !== 'linux') return;
  const missing = findMissing(purpose);
  if (missing.length === 0) return;
  const aptGet = findProgram('apt-get');
  if (!aptGet) {
    throw new PlainError(
      `This system lacks ${missing.map(({ what }) => what).join(', ')}. ` +
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
  log(`Installing system packages for ${missing.map(({ what }) => what).join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // On a machine that has just started, another program may hold dpkg's lock.
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  await runProgram(aptGet, [...options, 'update'], { env });
  const names = [...new Set(missing.map(choosePackage))];
  await runProgram(aptGet, [...options, 'install', '-y', '--no-install-recommends', ...names], { env });
  const still = findMissing(purpose);
  if (still.length > 0) {
    throw new PlainError(
      `The system packages were installed, but ${still.map(({ what }) => what).join(', ')} can't be found. ` +
        'Install them by hand and run the command again.',
    );
  }
}

/** @param {'app' | 'demo' | 'test' | 'bench'} purpose */
function findMissing(purpose) {
  const known = spawnSync(findProgram('ldconfig') ?? 'ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return requirementsFor(purpose, isRoot).filter((requirement) => !isMet(requirement, known));
}

/**
 * Returns the first package name that this release of the system knows.
 * @param {import('./linux-requirements.mjs').LinuxRequirement} requirement
 * @returns {string}
 */
function choosePackage(requirement) {
  const usual = requirement.packages[0] ?? requirement.what;
  if (requirement.packages.length === 1) return usual;
  const available = requirement.packages.find((name) => {
    // A virtual package prints nothing here, and apt-get may refuse to choose a provider.
    const shown = spawnSync(findProgram('apt-cache') ?? 'apt-cache', ['show', '--no-all-versions', name], {
      encoding: 'utf8',
    });
    return shown.status === 0 && shown.stdout.trim() !== '';
  });
  return available ?? usual;
}
