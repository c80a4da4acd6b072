import { FuseV1Options } from '@electron/fuses';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const config = readFileSync(resolve(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');

/** The fuses that the packaged app sets, by name. */
function configuredFuses(): Record<string, string> {
  const block = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(config)?.[1] ?? '';
  const fuses: Record<string, string> = {};
  for (const [, name = '', value = ''] of block.matchAll(/^ {2}(\w+): (true|false)$/gm)) fuses[name] = value;
  return fuses;
}

it('sets every fuse that Electron has', () => {
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const names = known.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  expect(names.length).toBeGreaterThan(0);
  expect(Object.keys(configuredFuses()).sort()).toEqual(names.sort());
});

it('closes the ways into the packaged app', () => {
  expect(configuredFuses()).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
  });
});
