import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { cloneDir } from './places.mjs';
import { say } from './plain-error.mjs';
import { runProgram } from './programs.mjs';

const stampFile = join(cloneDir, 'dist', '.built-from');

/** Builds the application unless dist/ was built from just these sources. */
export async function buildIfOutOfDate() {
  const sources = fingerprintSources();
  if (readStamp() === sources) return;
  say('Building …');
  await runProgram(process.execPath, [join(cloneDir, 'scripts', 'build.mjs')], { cwd: cloneDir });
  mkdirSync(join(cloneDir, 'dist'), { recursive: true });
  // Written last: a build that was broken off leaves the old stamp or none.
  writeFileSync(stampFile, sources);
}

function fingerprintSources() {
  const configs = readdirSync(cloneDir).filter((name) => /^(vite\.|svelte\.config|tsconfig)/.test(name));
  const inputs = ['src-main', 'src-renderer', 'resources', 'scripts/build.mjs', 'package.json', 'package-lock.json'];
  return fingerprint(cloneDir, [...inputs, ...configs]);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}
