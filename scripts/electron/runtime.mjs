import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from '../bootstrap/json-file.mjs';
import { cacheDir, cloneDir } from '../bootstrap/places.mjs';

/**
 * An installed Electron.
 * @typedef {object} Runtime
 * @property {'release' | 'evaluation'} kind  an evaluation runtime is older and is never shipped
 * @property {string} version
 * @property {string} dir
 * @property {string} executable
 */

export const runtimesDir = join(cacheDir(), 'runtime');

/** Goes up when what is put into a runtime's folder changes, so that clones of different ages don't share one. */
const layout = 2;

/** Written before the folder gets its name, so a folder that has it is whole. */
export const stampName = 'casement-runtime.json';

/** The release that package-lock.json pins. */
export function pinnedVersion() {
  const manifest = readJsonFile(join(cloneDir, 'node_modules', 'electron', 'package.json'));
  return /** @type {{ version: string }} */ (manifest).version;
}

/** The newest Electron that a registry package brings along, for Linux on x64. */
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

/** The runtime to use: the pinned release where it could be had. @returns {Runtime | undefined} */
export function currentRuntime() {
  return findRuntime('release', pinnedVersion()) ?? findRuntime('evaluation', evaluationVersion);
}

function executableName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Where Electron looks for an application of its own, inside its folder. */
export function resourcesName() {
  return process.platform === 'darwin' ? join('Electron.app', 'Contents', 'Resources') : 'resources';
}
