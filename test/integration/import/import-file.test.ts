import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { watchVault } from '../../../src-main/node/vault/watch-vault';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { resourcePath } from '../../helpers/fixtures';
import { makeTempFolder } from '../../helpers/temp-folder';

it('stores a file once, with one change and one indexing of its session', async () => {
  const changed: string[] = [];
  const inner = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
  const vault = watchVault(inner, (id) => changed.push(id));
  const session = await new FileImports(() => 1).importFile(
    vault,
    resourcePath('demo/harbor-checkout.json.gz'),
    { thresholds: defaultThresholds },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  expect(changed).toEqual([session.id]);
  await vault.close();
});

it('imports a timeline that the command line has pulled from a platform without replay', async () => {
  const folder = await makeTempFolder();
  const path = join(folder, 'timeline.json');
  const line = {
    casement: 'timeline',
    at: 1_700_000_001_000,
    kind: 'click',
    severity: 'info',
    windowId: '1',
    verb: 'clicked',
  };
  writeFileSync(
    path,
    [line, { ...line, at: line.at - 1000 }, { ...line, verb: 'x' }].map((it) => JSON.stringify(it)).join('\n'),
  );
  const vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
  const job = { signal: new AbortController().signal, onProgress: () => undefined };
  const imports = new FileImports(() => 1);
  const session = await imports.importFile(vault, path, { thresholds: defaultThresholds }, job);
  expect(session).toMatchObject({
    title: 'timeline.json',
    from: 'file',
    isTimelineOnly: true,
    facts: { format: 'timeline', events: 2, startedAt: 1_700_000_000_000, durationMs: 1000, damage: [{ count: 1 }] },
  });
  expect((await imports.importFile(vault, path, { thresholds: defaultThresholds }, job)).id).toBe(session.id);
  expect(await vault.list()).toHaveLength(1);
  await vault.close();
});
