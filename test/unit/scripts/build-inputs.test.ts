import { appendFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintSources } from '../../../scripts/bootstrap/build.mjs';
import { makeTempFolder } from '../../helpers/temp-folder';

const buildInputs = [
  'package.json',
  'package-lock.json',
  'resources/demo/sessions.json',
  'scripts/build.mjs',
  'src-main/main.ts',
  'src-renderer/shell/main.ts',
  'svelte.config.mjs',
  'tsconfig.json',
  'vite.builds.mjs',
];
const otherFiles = ['README.md', 'scripts/test.mjs', 'test/unit/a.test.ts', 'vitest.config.mjs'];

async function makeClone(): Promise<string> {
  const root = await makeTempFolder();
  for (const path of [...buildInputs, ...otherFiles]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), `content of ${path}`);
  }
  return root;
}

describe('the fingerprint of the build’s sources', () => {
  it.each(buildInputs)('changes with %s', async (path) => {
    const root = await makeClone();
    const before = fingerprintSources(root);
    await appendFile(join(root, path), 'x');
    const changed = fingerprintSources(root);
    await rm(join(root, path));
    expect(new Set([before, changed, fingerprintSources(root)]).size).toBe(3);
  });

  it.each(otherFiles)('stays the same when %s changes', async (path) => {
    const root = await makeClone();
    const before = fingerprintSources(root);
    await appendFile(join(root, path), 'x');
    expect(fingerprintSources(root)).toBe(before);
  });

  it('depends on contents, not on times or on the folder', async () => {
    const root = await makeClone();
    const copy = await makeTempFolder();
    await cp(root, copy, { recursive: true });
    expect(fingerprintSources(copy)).toBe(fingerprintSources(root));
  });
});
