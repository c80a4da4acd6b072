import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../helpers/temp-folder';

const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
};

/** One violation of each rule: the first module imports the second module or package. */
const violations: Readonly<Record<string, [from: string, to: string]>> = {
  'contract-imports-nothing': ['src-main/contract/ipc.ts', 'src-main/core/timeline/build.ts'],
  'core-knows-the-contract-only': ['src-main/core/search/words.ts', 'src-main/node/vault/vault.ts'],
  'node-knows-core-only': ['src-main/node/vault/vault.ts', 'src-main/services/jobs.ts'],
  'worker-knows-core-and-node-only': ['src-main/worker/worker.ts', 'src-main/services/jobs.ts'],
  'services-reach-node-through-ports': ['src-main/services/jobs.ts', 'src-main/node/vault/vault.ts'],
  'electron-knows-core-and-services-only': ['src-main/electron/guards.ts', 'src-main/node/vault/vault.ts'],
  'cli-knows-core-and-node-only': ['src-main/cli/inspect.ts', 'src-main/services/jobs.ts'],
  'preload-knows-the-contract-only': ['src-main/preload.ts', 'src-main/core/timeline/build.ts'],
  'shell-knows-the-contract-only': ['src-renderer/shell/app/App.ts', 'src-renderer/replay/player.ts'],
  'replay-knows-the-page-model-only': ['src-renderer/replay/player.ts', 'src-main/core/timeline/build.ts'],
  'portable-knows-the-page-model-only': ['src-renderer/portable/page.ts', 'src-renderer/replay/player.ts'],
  'electron-in-one-folder': ['src-main/services/jobs.ts', 'electron'],
  'core-is-pure': ['src-main/core/search/words.ts', 'node:fs'],
  'keychain-in-one-file': ['src-main/worker/worker.ts', 'keytar'],
  'leak-check-knows-the-contract-only': ['src-main/core/leak-check/search.ts', 'src-main/core/text/plain-line.ts'],
  'redaction-does-not-know-the-leak-check': ['src-main/core/redaction/masks.ts', 'src-main/core/leak-check/search.ts'],
  'gate-never-reaches-the-redaction': ['src-main/node/gate/gate.ts', 'src-main/core/export/artifact.ts'],
  'shell-ui-knows-no-feature': ['src-renderer/shell/ui/Button.ts', 'src-renderer/shell/app/jobs.ts'],
  'shell-app-knows-no-feature': ['src-renderer/shell/app/jobs.ts', 'src-renderer/shell/cases/cases.ts'],
  'no-circles': ['src-main/core/text/a.ts', 'src-main/core/text/b.ts'],
};

/** Further imports that some violations need. */
const more: readonly [from: string, to: string][] = [
  ['src-main/core/export/artifact.ts', 'src-main/core/redaction/masks.ts'],
  ['src-main/core/text/b.ts', 'src-main/core/text/a.ts'],
];

/** Checks a tree of modules with these imports. A package is a file in node_modules, as in a real tree. */
async function checkTree(
  imports: readonly (readonly [from: string, to: string])[],
  emptyFiles: readonly string[] = [],
): Promise<{ rule: string; from: string }[]> {
  const root = await makeTempFolder();
  const sources = new Map(emptyFiles.map((path) => [path, '']));
  for (const [from, to] of imports) {
    const isModule = to.startsWith('src-');
    sources.set(from, `${sources.get(from) ?? ''}import '${isModule ? pathBetween(from, to) : to}';\n`);
    const target = isModule ? to : `node_modules/${to}/index.js`;
    if (!to.startsWith('node:') && !sources.has(target)) sources.set(target, '');
  }
  for (const [path, source] of sources) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), source);
  }
  const { forbidden, options } = config;
  const { tsConfig: _tsConfig, ...rest } = options;
  const { output } = await cruise(['.'], { ...rest, baseDir: root, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error('the result is a report, not data');
  return output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

function pathBetween(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to.replace(/\.ts$/, '')}`;
}

describe('the dependency rules', () => {
  it('each refuse a planted violation', async () => {
    const found = await checkTree([...Object.values(violations), ...more]);
    const expected = Object.entries(violations).map(([rule, [from]]) => ({ rule, from }));
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('refuse a module without imports and importers', async () => {
    const lonely = 'src-main/core/text/lonely.ts';
    expect(await checkTree([], [lonely])).toEqual([{ rule: 'no-orphans', from: lonely }]);
  });

  it('accept imports that point down', async () => {
    const found = await checkTree([
      ['src-main/main.ts', 'src-main/electron/guards.ts'],
      ['src-main/electron/guards.ts', 'src-main/services/jobs.ts'],
      ['src-main/electron/guards.ts', 'electron'],
      ['src-main/services/jobs.ts', 'src-main/core/timeline/build.ts'],
      ['src-main/core/timeline/build.ts', 'src-main/contract/ipc.ts'],
      ['src-main/node/gate/gate.ts', 'src-main/core/leak-check/search.ts'],
      ['src-main/core/leak-check/search.ts', 'src-main/contract/ipc.ts'],
      ['src-main/core/export/prepare.ts', 'src-main/core/redaction/redact.ts'],
      ['src-main/worker/worker.ts', 'src-main/node/gate/gate.ts'],
      ['src-main/worker/keychain.ts', 'keytar'],
      ['src-renderer/replay/player.ts', 'src-main/core/recording/events.ts'],
    ]);
    expect(found).toEqual([]);
  });

  it('each have a reason and a planted violation', () => {
    const rules = config.forbidden;
    for (const { name, comment = '' } of rules) expect(comment, name).not.toBe('');
    expect(rules.map(({ name }) => name).sort()).toEqual([...Object.keys(violations), 'no-orphans'].sort());
  });
});
