import { randomBytes } from 'node:crypto';
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
