import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resourcesName, runtimeDir, runtimesDir, stampName } from '../electron/runtime.mjs';

/**
 * Creates a runtime's folder in the cache by one rename, so an interrupted or concurrent install never leaves an incomplete one.
 * @param {'release' | 'evaluation'} kind
 * @param {string} version
 * @param {(temporary: string, target: string) => Promise<void>} fill  puts Electron's files into the target folder
 */
export async function createRuntimeFolder(kind, version, fill) {
  // With a strict umask, the user that root runs Electron as couldn't read the files.
  const umask = process.umask(0o022);
  mkdirSync(runtimesDir, { recursive: true });
  const temporary = mkdtempSync(join(runtimesDir, 'unpacking-'));
  try {
    const target = join(temporary, 'runtime');
    mkdirSync(target);
    await fill(temporary, target);
    copyLoader(join(target, resourcesName()));
    writeFileSync(join(target, stampName), `${JSON.stringify({ kind, version })}\n`);
    moveInto(target, runtimeDir(kind, version));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    process.umask(umask);
  }
}

/**
 * Electron starts resources/app first. Our loader there opens the application that CASEMENT_APP names, so all clones share one runtime
 * and the application sees no extra argument.
 * @param {string} resources
 */
function copyLoader(resources) {
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
    // Another process has just installed the same runtime.
    if (!existsSync(join(to, stampName))) throw error;
  }
}
