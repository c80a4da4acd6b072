import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { encodeManifest } from '../../../src-main/core/casefile/manifest';
import { sha256 } from '../../../src-main/node/case-archive/write-case';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { caseHead, tinyCaseEntries } from '../../helpers/case-file';
import { rawZip, type RawEntry } from '../../helpers/raw-zip';
import { makeTempFolder } from '../../helpers/temp-folder';

/** Returns the entries of a valid case file whose manifest also lists `more`. */
async function validEntries(more: RawEntry[] = []): Promise<RawEntry[]> {
  const entries = (await tinyCaseEntries()).map(({ path, bytes }) => ({ name: path, content: Buffer.from(bytes) }));
  const resources = [...entries, ...more].map(({ name, content }) => ({
    name: String(name).replaceAll('/', '-'),
    path: String(name),
    hash: sha256(content),
    bytes: content.length,
    mediatype: 'application/json',
  }));
  const manifest = Buffer.from(encodeManifest(caseHead, resources));
  const digest = Buffer.from(JSON.stringify({ path: 'datapackage.json', hash: sha256(manifest) }));
  return [
    { name: 'mimetype', content: Buffer.from('application/vnd.casement.case+zip') },
    ...entries,
    { name: 'datapackage.json', content: manifest },
    { name: 'datapackage-digest.json', content: digest },
  ];
}

const named = (name: string | Buffer): RawEntry => ({ name, content: Buffer.from('x') });
const zeros = Buffer.alloc(20_000_000);

describe('a hostile archive is refused and leaves nothing behind', () => {
  let entries: RawEntry[];
  let slowest = 0;
  afterAll(() => console.log(`hostile archives: the slowest was refused after ${Math.round(slowest)} ms`));
  beforeAll(async () => void (entries = await validEntries()));

  async function open(bytes: Buffer): Promise<{ code: string; ms: number; left: string[]; growthMB: number }> {
    const folder = await makeTempFolder();
    const home = await makeTempFolder();
    const path = join(folder, 'x.casement');
    await writeFile(path, bytes);
    const vault = await FileVault.open(home, randomBytes(32), false);
    const listed = async (): Promise<string[]> =>
      (await readdir(home, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
    const before = await listed();
    const imports = new FileImports(Date.now);
    const job = { signal: new AbortController().signal, onProgress: () => undefined };
    const memory = process.memoryUsage().rss;
    const started = performance.now();
    const code = await imports.importFile(vault, path, { thresholds: defaultThresholds }, job).then(
      () => 'opened',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
    );
    const ms = performance.now() - started;
    const growthMB = (process.memoryUsage().rss - memory) / 2 ** 20;
    return { code, ms, growthMB, left: (await listed()).filter((name) => !before.includes(name)) };
  }

  it('control: the valid archive opens', async () => {
    expect((await open(rawZip(entries))).code).toBe('opened');
  });

  const cases: [string, () => Buffer | Promise<Buffer>][] = [
    ['a path that leaves the folder', () => rawZip([...entries, named('../../out')])],
    ['such a path that the manifest lists', async () => rawZip([...(await validEntries()), named('a/../../out')])],
    ['an absolute path', () => rawZip([...entries, named('/etc/out')])],
    ['a drive letter', () => rawZip([...entries, named('C:/out')])],
    ['backslashes', () => rawZip([...entries, named('a\\..\\out')])],
    ['a NUL in a name', () => rawZip([...entries, named('a\0b')])],
    ['a symbolic link', () => rawZip([...entries, { ...named('link'), attributes: 0o120777 << 16 }])],
    ['a device', () => rawZip([...entries, { ...named('device'), attributes: 0o060666 << 16 }])],
    ['two entries with the same name', () => rawZip([...entries, named('annotations.jsonl')])],
    ['names that differ only in case', () => rawZip([...entries, named('Annotations.JSONL')])],
    ['names that are equal after NFC', () => rawZip([...entries, named('caf\u00e9'), named('cafe\u0301')])],
    ['an unlisted entry', () => rawZip([...entries, named('extra')])],
    ['bytes before the first entry', () => rawZip(entries, { before: Buffer.from('PK\u0003\u0004#!/bin/sh\n') })],
    ['bytes after the end record', () => rawZip(entries, { after: Buffer.from('more') })],
    ['bytes between the entries', () => rawZip(entries, { between: Buffer.alloc(500, 65) })],
    ['a comment on an entry', () => rawZip([...entries.slice(1), { ...named('mimetype'), comment: 'hidden words' }])],
    [
      'a decompression bomb',
      async () => {
        const bomb = { name: 'recordings/r1/000009.json', content: zeros };
        return rawZip([...(await validEntries([bomb])), { ...bomb, claims: { size: 600 * 2 ** 20 } }]);
      },
    ],
    [
      'a claimed size that is too small',
      async () => {
        const bomb = { name: 'recordings/r1/000009.json', content: zeros };
        return rawZip([...(await validEntries([bomb])), { ...bomb, claims: { size: 100 } }]);
      },
    ],
    [
      'a claimed size that is too large',
      () =>
        rawZip(entries.map((each) => (each.name === 'custody.jsonl' ? { ...each, claims: { size: 10_000 } } : each))),
    ],
    [
      'entries with shared bytes',
      async () => {
        const shared = { name: 'recordings/r1/000009.json', content: Buffer.alloc(1_000_000) };
        const overlapping = Array.from({ length: 100 }, (_, n): RawEntry => ({
          ...shared,
          name: `recordings/r1/1${String(n).padStart(5, '0')}.json`,
          isDirectoryOnly: true,
          claims: { offset: 0 },
        }));
        return rawZip([shared, ...overlapping]);
      },
    ],
    [
      'a nested ZIP file',
      async () => {
        const inner = { name: 'recordings/r1/000009.json', content: rawZip(entries) };
        return rawZip([...entries, inner]);
      },
    ],
    ['sixty thousand entries', () => rawZip(Array.from({ length: 60_000 }, (_, n) => named(`e${n}`)))],
    ['a claim of a million entries', () => rawZip(entries, { zip64: { count: 1_000_000n } })],
    ['a claim of 2^60 entries', () => rawZip(entries, { zip64: { count: 2n ** 60n } })],
    ['a directory beyond the end of the file', () => rawZip(entries, { zip64: { directoryOffset: 2n ** 50n } })],
    ['an entry count that is too small', () => rawZip(entries, { count: 3 })],
    ['an unknown compression method', () => rawZip([...entries, { ...named('y'), claims: { method: 99 } }])],
    ['a name that is not UTF-8', () => rawZip([...entries, named(Buffer.from([0xff, 0xfe, 0x41]))])],
    ['only an end record', () => rawZip([])],
  ];

  it.each(cases)('%s', async (_, make) => {
    const { code, ms, left, growthMB } = await open(await make());
    expect(code).toMatch(/^case-(hostile|unreadable|changed)$/);
    expect(left).toEqual([]);
    expect(growthMB).toBeLessThan(400);
    slowest = Math.max(slowest, ms);
  });
});
