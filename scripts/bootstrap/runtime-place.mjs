import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resourcesName, runtimeDir, runtimesDir, stampName } from '../electron/runtime.mjs';

/**
 * Puts a runtime into the cache in one move: a broken-off or a simultaneous install never shows half a folder.
 * @param {'release' | 'evaluation'} kind
 * @param {string} version
 * @param {(temporary: string, target: string) => Promise<void>} fill  puts Electron's files into the target
 */
export async function placeRuntime(kind, version, fill) {
  // A narrow umask would shut out the user that root runs Electron as.
  const umask = process.umask(0o022);
  mkdirSync(runtimesDir, { recursive: true });
  const temporary = mkdtempSync(join(runtimesDir, 'unpacking-'));
  try {
    const target = join(temporary, 'runtime');
    mkdirSync(target);
    await fill(temporary, target);
    putLoader(join(target, resourcesName()));
    writeFileSync(join(target, stampName), `${JSON.stringify({ kind, version })}\n`);
    moveInto(target, runtimeDir(kind, version));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    process.umask(umask);
  }
}

/**
 * Electron starts what lies in resources/app before anything else. Ours opens the application that a variable
 * names: so one runtime serves every clone, and it needs no argument that the application would see.
 * @param {string} resources
 */
function putLoader(resources) {
  mkdirSync(resources, { recursive: true });
  const loader = join(dirname(fileURLToPath(import.meta.url)), '..', 'electron', 'loader');
  cpSync(loader, join(resources, 'app'), { recursive: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function moveInto(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another clone was quicker. Its folder is whole, or it would not have that name.
    if (!existsSync(join(to, stampName))) throw error;
  }
}
