import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preProcessFile } from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The folders in each of these must not depend on each other in circles: otherwise none of them can be understood or changed alone.
 * dependency-cruiser compares single folders only (`core/timeline` and `core/timeline/formats` are different to it), so this test adds
 * up what all modules below a folder import.
 */
const parents = ['src-main/core', 'src-main/node', 'src-main/worker/jobs', 'src-renderer/shell'];

type Import = readonly [from: string, to: string];

async function listImports(parent: string): Promise<Import[]> {
  const files = await readdir(join(root, parent), { recursive: true });
  const imports: Import[] = [];
  for (const file of files.filter((name) => /\.(ts|svelte)$/.test(name))) {
    const path = posix.join(parent, file.replaceAll('\\', '/'));
    const text = await readFile(join(root, path), 'utf8');
    const { importedFiles } = preProcessFile(path.endsWith('.svelte') ? scriptOf(text) : text);
    for (const { fileName } of importedFiles)
      if (fileName.startsWith('.')) imports.push([path, posix.join(dirname(path), fileName)]);
  }
  return imports;
}

/** Returns the script of a Svelte component, or '' if it has none. */
function scriptOf(component: string): string {
  return /^<script[^>]*>(.*?)^<\/script>/ms.exec(component)?.[1] ?? '';
}

/** Returns one circle of folders, with an import for each step, or undefined if there is none. */
function findCircle(parent: string, imports: readonly Import[]): string[] | undefined {
  const folderOf = (path: string): string | undefined =>
    path.startsWith(`${parent}/`) ? /^[^/]+(?=\/)/.exec(path.slice(parent.length + 1))?.[0] : undefined;
  const steps = new Map<string, Map<string, string>>();
  for (const [from, to] of imports) {
    const [source, target] = [folderOf(from), folderOf(to)];
    if (source === undefined || target === undefined || source === target) continue;
    const targets = steps.get(source) ?? new Map<string, string>();
    steps.set(source, targets.set(target, `${from} imports ${to}`));
  }
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[], reasons: readonly string[]): string[] | undefined => {
    const start = path.indexOf(folder);
    if (start >= 0) return reasons.slice(start);
    if (done.has(folder)) return undefined;
    for (const [target, reason] of steps.get(folder) ?? []) {
      const circle = visit(target, [...path, folder], [...reasons, reason]);
      if (circle) return circle;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of steps.keys()) {
    const circle = visit(folder, [], []);
    if (circle) return circle;
  }
  return undefined;
}

it.each(parents)('the folders of %s do not depend on each other in circles', async (parent) => {
  const imports = await listImports(parent);
  expect(imports.length).toBeGreaterThan(50);
  expect(findCircle(parent, imports)).toBeUndefined();
});

it('finds a circle of folders without a circle of files', () => {
  const imports: Import[] = [
    ['core/recording/read', 'core/timeline/names/a'],
    ['core/timeline/build', 'core/text/line'],
    ['core/text/line', 'core/recording/model/b'],
    ['core/export/c', 'core/timeline/build'],
  ];
  expect(findCircle('core', imports.slice(0, 2))).toBeUndefined();
  expect(findCircle('core', imports)).toHaveLength(3);
});
