import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from '../bootstrap/json-file.mjs';
import { cacheDir, cloneDir } from '../bootstrap/paths.mjs';

/**
 * An installed Electron.
 * @typedef {object} Runtime
 * @property {'release' | 'evaluation'} kind  an evaluation runtime is older and is never shipped
 * @property {string} version
 * @property {string} dir
 * @property {string} executable
 */

export const runtimesDir = join(cacheDir(), 'runtime');

/** Raised when the files of a runtime's folder change, so that clones of different versions don't share one. */
const layout = 3;

/** Written before the folder gets its final name, so a folder with it is complete. */
export const stampName = 'casement-runtime.json';

/** Returns the Electron version that package-lock.json pins. */
export function pinnedVersion() {
  const manifest = readJsonFile(join(cloneDir, 'node_modules', 'electron', 'package.json'));
  return /** @type {{ version: string }} */ (manifest).version;
}

/** The newest Electron in a registry package, for Linux on x64. */
export const evaluationVersion = '33.2.1';

/**
 * @param {'release' | 'evaluation'} kind
 * @param {string} version
 */
export function runtimeDir(kind, version) {
  return join(runtimesDir, `${kind}-${version}-${process.platform}-${process.arch}-${layout}`);
}

/**
 * @param {'release' | 'evaluation'} kind
 * @param {string} version
 * @returns {Runtime | undefined}
 */
export function findRuntime(kind, version) {
  const dir = runtimeDir(kind, version);
  if (!existsSync(join(dir, stampName))) return undefined;
  return { kind, version, dir, executable: join(dir, executableName()) };
}

/** Returns the runtime to use: the pinned release if it is installed. @returns {Runtime | undefined} */
export function currentRuntime() {
  return findRuntime('release', pinnedVersion()) ?? findRuntime('evaluation', evaluationVersion);
}

function executableName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Returns the folder in which Electron looks for an application, relative to Electron's own. */
export function resourcesName() {
  return process.platform === 'darwin' ? join('Electron.app', 'Contents', 'Resources') : 'resources';
}
