import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { cloneDir } from './paths.mjs';
import { log } from './plain-error.mjs';
import { runProgram } from './programs.mjs';

const stampFile = join(cloneDir, 'dist', '.built-from');

/** Builds the application unless dist/ was built from the sources as they are. */
export async function buildIfOutOfDate() {
  const sources = fingerprintSources(cloneDir);
  if (readStamp() === sources) return;
  log('Building …');
  await runProgram(process.execPath, [join(cloneDir, 'scripts', 'build.mjs')], { cwd: cloneDir });
  mkdirSync(join(cloneDir, 'dist'), { recursive: true });
  // Written last: an interrupted build leaves the old stamp or none.
  writeFileSync(stampFile, sources);
}

/**
 * Returns a hash over everything that a build reads.
 * @param {string} root
 * @returns {string}
 */
export function fingerprintSources(root) {
  const configs = readdirSync(root).filter((name) => /^(vite\.|svelte\.config|tsconfig)/.test(name));
  const scripts = ['scripts/build.mjs', 'scripts/third-party.mjs'];
  const inputs = ['src-main', 'src-renderer', 'resources', ...scripts, 'package.json', 'package-lock.json'];
  return fingerprint(root, [...inputs, ...configs]);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}
