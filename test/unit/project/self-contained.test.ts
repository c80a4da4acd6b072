import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folders = ['src-main', 'src-renderer', 'scripts', 'test', 'bench', '.ci'];
const sourceFile = /(?:\.(?:ts|mjs|cjs|js|svelte)|^\.ci[/\\]run)$/;

/** Returns the paths of the project's source files, relative to the clone. */
function listSources(): string[] {
  const top = readdirSync(root);
  const inner = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  // This file names such paths itself.
  return [...top, ...inner].filter((path) => sourceFile.test(path) && path !== relative(root, import.meta.filename));
}

/**
 * Returns the lines of a source file that name a path outside the clone: more `..` than the path that they start from is deep.
 * Only lines that name a starting point are read; tests hold hostile paths such as `../../etc/passwd` as data.
 */
function findPathsOutside(path: string, text: string): string[] {
  const folder = dirname(path);
  const depthOf = (line: string): number | undefined => {
    const isFromFile = /\bimport\.meta\.(?:dirname|url)\b|\bfrom ['"]|\bimport\(|^\s*import ['"]|BASH_SOURCE/.test(
      line,
    );
    if (isFromFile) return folder === '.' ? 0 : folder.split(/[/\\]/).length;
    // Main's bundles run in dist/main.
    if (/\b__dirname\b/.test(line)) return 2;
    return /\bcloneDir\b/.test(line) ? 0 : undefined;
  };
  return text
    .replace(/([(,])\s*\n\s*/g, '$1 ')
    .split('\n')
    .filter((line) => {
      const depth = depthOf(line);
      const strings = line.match(/'[^'\n]*'|"[^"\n]*"|`[^`\n]*`/g) ?? [];
      const ups = strings.flatMap((literal) => literal.slice(1, -1).split('/')).filter((part) => part === '..');
      return depth !== undefined && ups.length > depth;
    });
}

describe('the clone', () => {
  it('is all that product, tests, benchmark and scripts read', () => {
    const sources = listSources();
    expect(sources.length).toBeGreaterThan(300);
    const outside = sources.flatMap((path) =>
      findPathsOutside(path, readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line.trim()}`),
    );
    expect(outside).toEqual([]);
  });

  it.each([
    ['test/helpers/fixtures.ts', "const beside = resolve(import.meta.dirname, '../../../data');"],
    ['bench/run.mjs', "const beside = resolve(cloneDir, '..', 'data');"],
    ['scripts/build.mjs', "const beside = new URL(\n  '../../data',\n  import.meta.url,\n);"],
    ['src-main/main.ts', "const beside = join(__dirname, '../../../data');"],
    ['src-main/main.ts', "import { data } from '../../data';"],
    ['vite.builds.mjs', "const data = await import('../data.mjs');"],
  ])('control: a path outside is found in %s', (path, text) => {
    expect(findPathsOutside(path, text)).toHaveLength(1);
  });

  it.each([
    ['test/helpers/fixtures.ts', "const path = resolve(import.meta.dirname, '../../resources');"],
    ['src-main/main.ts', "const resources = join(__dirname, '../../resources');"],
    ['test/unit/hostile.test.ts', "const hostile = ['../../../../etc/passwd'];"],
  ])('control: a path inside is not reported in %s', (path, text) => {
    expect(findPathsOutside(path, text)).toEqual([]);
  });
});
