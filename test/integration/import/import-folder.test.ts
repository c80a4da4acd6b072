import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CasementError, errorSentence } from '../../../src-main/contract/errors';
import type { ImportSummary, OpenedFiles } from '../../../src-main/contract/opened-files';
import { defaultCaps, defaultThresholds, folderCaps, type FolderCaps } from '../../../src-main/contract/settings';
import type { Progress } from '../../../src-main/contract/rpc';
import { fileInput } from '../../../src-main/node/files/file-input';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { SummaryCounts } from '../../../src-main/worker/jobs/import/summary-counts';
import { caseHead, tinyCaseEntries } from '../../helpers/case-file';
import { rawZip } from '../../helpers/raw-zip';
import { tinyRecording } from '../../helpers/recordings';
import { resourcePath } from '../../helpers/fixtures';
import { makeTempFolder } from '../../helpers/temp-folder';
import { writeTar } from '../../unit/recording/tar-writer';

const tiny = (startedAt?: number): Buffer =>
  Buffer.from(JSON.stringify(tinyRecording(startedAt).map(({ event }) => event)));

/** Valid events without a page, none of which belongs in a timeline. */
const noSnapshot = Buffer.from(JSON.stringify([0, 1].map((type) => ({ type, data: {}, timestamp: 1e12 + type }))));

interface Options {
  caps?: Partial<FolderCaps>;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

let folder: string;
let vault: FileVault;
let imports: FileImports;
beforeEach(async () => {
  folder = await makeTempFolder();
  vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
  imports = new FileImports(() => 1);
});

function open(paths: string[], { caps, signal, onProgress = () => undefined }: Options = {}): Promise<OpenedFiles> {
  return imports.importPaths(
    vault,
    paths,
    { thresholds: defaultThresholds, folderCaps: { ...folderCaps(defaultCaps), ...caps } },
    { signal: signal ?? new AbortController().signal, onProgress },
  );
}

async function summaryOf(paths: string[], options?: Options): Promise<ImportSummary> {
  const opened = await open(paths, options);
  if (opened.kind !== 'summary') throw new Error('a session was opened');
  return opened.summary;
}

const titles = async (): Promise<string[]> => (await vault.list()).map(({ title }) => title).sort();
const nothing = { imported: 0, present: 0, foreign: 0, links: 0, special: 0, refused: [], moreRefused: 0, stops: [] };

describe('a folder', () => {
  it('imports each recording as a session, ignores other files and names damaged ones', async () => {
    await mkdir(join(folder, 'deep/er'), { recursive: true });
    await writeFile(join(folder, 'a.json'), tiny());
    await writeFile(join(folder, 'deep/er/b.json.gz'), gzipSync(tiny(1_700_000_100_000)));
    await copyFile(resourcePath('demo/harbor-checkout.json.gz'), join(folder, 'deep/harbor.json.gz'));
    await writeFile(join(folder, 'package.json'), '{"name":"shop","version":"1.0.0"}');
    await writeFile(join(folder, 'read me.md'), '# Recordings\n\n- [x] from `Tuesday`\n\nSee {these}.\n');
    await writeFile(join(folder, 'film.mp4'), Buffer.concat([Buffer.from('\0\0\0 ftypisom'), randomBytes(100_000)]));
    await writeFile(join(folder, 'deep/cut.json'), tiny().subarray(0, 40));
    await writeFile(join(folder, 'blank.json'), noSnapshot);

    const reported: Progress[] = [];
    const summary = await summaryOf([folder], { onProgress: (progress) => reported.push(progress) });
    expect(summary).toMatchObject({ ...nothing, imported: 3, foreign: 3, refused: expect.any(Array) as unknown });
    expect(summary.refused.map(({ name, error }) => [name, errorSentence(error)])).toEqual([
      [
        'blank.json',
        'The recording contains no page, and no events for a timeline. Check that it is the file you meant.',
      ],
      ['cut.json', 'The recording is incomplete. Download or copy it again.'],
    ]);
    expect(await titles()).toEqual(['a.json', 'b.json.gz', 'harbor.json.gz']);
    expect((await vault.list()).find(({ id }) => id === summary.first)?.title).toBe('a.json');
    const inFiles = reported.filter(({ files }) => files);
    expect(inFiles.map(({ files }) => files?.total)).toEqual(inFiles.map(() => 8));
    const done = inFiles.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it.each([
    ['a Word document', 'report.docx', rawZip([{ name: '[Content_Types].xml', content: Buffer.from('<Types/>') }])],
    ['an image', 'shot.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['a table', 'users.csv', Buffer.from('id,name\n1,"a [b] {c}"\n')],
    ['a program', 'app.js', Buffer.from('const a = [{ b: "c" }];\nexport default { a };\n')],
    ['an unmatched bracket', 'draft.txt', Buffer.from('to do: [milk\n')],
    ['a web page', 'index.html', Buffer.from('<!doctype html><script>let a = [1, 2</script>')],
    ['settings', 'tsconfig.json', Buffer.from('{\n  // why\n  "a": [1],\n}\n')],
    ['a list of numbers', 'numbers.json', Buffer.from('[1,2,3]')],
    [
      'an archive without recordings',
      'src.tar.gz',
      gzipSync(writeTar([{ name: 'a.js', bytes: Buffer.from('let a;') }])),
    ],
    ['an empty hidden file', '.keep', Buffer.alloc(0)],
  ])('ignores %s without reporting damage', async (_, name, bytes) => {
    await writeFile(join(folder, name), bytes);
    expect(await summaryOf([folder])).toEqual({ ...nothing, foreign: 1 });
  });

  it('is reported if empty, and an empty recording is named', async () => {
    expect(await summaryOf([folder])).toEqual(nothing);
    await writeFile(join(folder, 'a.json'), '');
    expect((await summaryOf([folder])).refused).toEqual([{ name: 'a.json', error: { code: 'recording-empty' } }]);
  });

  it('imports all of many recordings', async () => {
    for (let index = 0; index < 60; index++) {
      await writeFile(join(folder, `${index}.json`), tiny(1_700_000_000_000 + index));
    }
    expect(await summaryOf([folder])).toMatchObject({ imported: 60, refused: [] });
    expect(await titles()).toHaveLength(60);
  });

  it('names the first refused files and counts the others', () => {
    const counts = new SummaryCounts();
    for (let index = 0; index < 203; index++)
      counts.addRefused(`/a/${index}.json`, new CasementError('recording-empty'));
    const { refused, moreRefused } = counts.finish();
    expect([refused.length, refused[0]?.name, moreRefused]).toEqual([200, '0.json', 3]);
  });
});

describe('links', () => {
  let outside: string;
  beforeEach(async () => {
    outside = await makeTempFolder();
    await writeFile(join(outside, 'secret.json'), tiny());
    await writeFile(join(folder, 'a.json'), tiny(1_700_000_100_000));
  });

  it.each([
    ['a file', () => join(outside, 'secret.json')],
    ['a folder', () => outside],
    ['the folder itself', () => folder],
    ['nothing', () => join(outside, 'gone')],
  ])('to %s are not followed', async (_, target) => {
    await symlink(target(), join(folder, 'link.json'));
    expect(await summaryOf([folder])).toMatchObject({ ...nothing, imported: 1, links: 1 });
    expect(await titles()).toEqual(['a.json']);
  });

  it('are not followed when chosen among other files, or when they lead to a folder', async () => {
    await symlink(join(outside, 'secret.json'), join(folder, 'link.json'));
    await symlink(outside, join(folder, 'recordings'));
    const named = await summaryOf([join(folder, 'link.json'), join(folder, 'a.json')]);
    expect(named).toMatchObject({ ...nothing, imported: 1, links: 1 });
    expect(await summaryOf([join(folder, 'recordings')])).toEqual({ ...nothing, links: 1 });
  });

  it('control: the same file is imported without a link', async () => {
    await cp(outside, join(folder, 'link.json'), { recursive: true });
    expect(await summaryOf([folder])).toMatchObject({ imported: 2, links: 0 });
  });

  it('are refused when they replace a file after it was found', async () => {
    const path = join(folder, 'a.json');
    const input = await fileInput(path, { refusesLinks: true });
    const follows = await fileInput(path);
    await rm(path);
    await symlink(join(outside, 'secret.json'), path);
    await expect(readAll(input)).rejects.toMatchObject({ code: 'file-denied' });
    expect(await readAll(follows), 'control').toEqual(await readFile(join(outside, 'secret.json')));
  });
});

describe('a special file', () => {
  it('is not opened: pipe, socket, device', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    const server = createServer().listen(join(folder, 'socket.json'));
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    await writeFile(join(folder, 'a.json'), tiny());
    expect(await summaryOf([folder, '/dev/zero'])).toMatchObject({ ...nothing, imported: 1, special: 3 });
    await expect(open([join(folder, 'pipe.json')])).rejects.toMatchObject({ code: 'recording-unreadable' });
  });

  it('is not waited for when it replaces a file', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, tiny());
    const input = await fileInput(path);
    await rm(path);
    execFileSync('mkfifo', [path]);
    await expect(readAll(input)).rejects.toMatchObject({ code: 'recording-unreadable' });
  });
});

describe('the limits', () => {
  it('of files: the first ones are imported, and the limit is reported', async () => {
    for (const name of 'abcdefghijklmno') await writeFile(join(folder, `${name}.json`), tiny(name.charCodeAt(0)));
    // The folder itself counts, too.
    const { imported, stops } = await summaryOf([folder], { caps: { folderFiles: 11 } });
    expect(imported).toBe(10);
    expect(await titles()).toHaveLength(10);
    expect(stops.map(errorSentence)).toEqual([
      'There are more than 11 files. The rest were skipped. To allow more, raise “Files per folder” in the settings.',
    ]);
    expect(await summaryOf([folder], { caps: { folderFiles: 16 } })).toMatchObject({
      imported: 5,
      present: 10,
      stops: [],
    });
  });

  it('of depth: deeper folders are not entered, all others are', async () => {
    const deep = join(folder, 'a/b/c');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'deep.json'), tiny());
    await writeFile(join(folder, 'a/b/near.json'), tiny(1_700_000_100_000));
    await writeFile(join(folder, 'z.json'), tiny(1_700_000_200_000));
    const { imported, stops } = await summaryOf([folder], { caps: { folderDepth: 2 } });
    expect(await titles()).toEqual(['near.json', 'z.json']);
    expect([imported, stops.map(({ code }) => code)]).toEqual([2, ['folder-too-deep']]);
    expect(await summaryOf([folder], { caps: { folderDepth: 3 } })).toMatchObject({ imported: 1, stops: [] });
  });

  it('of bytes: the file that exceeds it is not read', async () => {
    await writeFile(join(folder, 'a.json'), tiny());
    await writeFile(join(folder, 'b.bin'), '');
    await truncate(join(folder, 'b.bin'), 2 ** 34);
    const { imported, stops } = await summaryOf([folder]);
    expect([imported, stops.map(errorSentence)]).toEqual([
      1,
      [
        'The files are larger than 16,384 MB in total. The rest were skipped. To allow more, raise “Folder size” in the settings.',
      ],
    ]);
  });
});

describe('archives in a folder', () => {
  const member = (name: string, bytes: Uint8Array) => ({ name, bytes });

  it('are refused if hostile, with the name of the member, and nothing is kept', async () => {
    const entries = [{ name: 'mimetype', content: Buffer.from('application/vnd.casement.case+zip') }];
    const link = { name: 'inner/pass\u202ewd', content: Buffer.from('/etc/passwd'), attributes: 0o120777 << 16 };
    await writeFile(join(folder, 'evil.casement'), rawZip([...entries, link]));
    await writeFile(join(folder, 'a.json'), tiny());
    const { imported, refused } = await summaryOf([folder]);
    expect([imported, await titles()]).toEqual([1, ['a.json']]);
    expect(refused.map(({ name, error }) => [name, errorSentence(error)])).toEqual([
      [
        'evil.casement › passwd',
        'The case file was rejected because it looks malicious: an entry is not a regular file. Ask the sender how it was made.',
      ],
    ]);
  });

  it('are recognised by their content', async () => {
    const path = join(folder, 'case.zip');
    await writeCase(path, caseHead, await tinyCaseEntries(), { check: () => undefined });
    expect(await summaryOf([folder])).toMatchObject({ imported: 1, foreign: 0 });
    await writeFile(join(folder, 'b.zip'), rawZip([{ name: 'a.json', content: tiny() }]));
    expect(await summaryOf([folder])).toMatchObject({ imported: 0, present: 1, foreign: 1 });
  });

  it('are imported as far as readable, and the unreadable member is named', async () => {
    const tar = writeTar([
      member('one.json', tiny()),
      member('../../blank.json', noSnapshot),
      member('two.json', tiny(1e12)),
    ]);
    await writeFile(join(folder, 'all.tar.gz'), gzipSync(tar));
    const refused = [{ name: 'all.tar.gz › blank.json', error: { code: 'recording-no-snapshot' } }];
    expect(await summaryOf([folder])).toMatchObject({ imported: 2, refused });
    expect(await summaryOf([join(folder, 'all.tar.gz')]), 'alone').toMatchObject({ imported: 0, present: 2, refused });
  });
});

describe('a recording that is already in the library', () => {
  it('is not imported again under any name, but counted', async () => {
    await writeFile(join(folder, 'a.json'), tiny());
    await writeFile(join(folder, 'copy of a.json'), tiny());
    expect(await summaryOf([folder])).toMatchObject({ imported: 1, present: 1 });
    const again = await summaryOf([folder, join(folder, 'a.json')]);
    expect(again).toMatchObject({ ...nothing, present: 2, first: (await vault.list())[0]?.id });
    expect(await titles()).toEqual(['a.json']);
  });

  it('is recognised after a restart, and by two concurrent imports', async () => {
    await writeFile(join(folder, 'a.json'), tiny());
    const both = await Promise.all([summaryOf([folder]), summaryOf([folder])]);
    expect(both.map(({ imported, present }) => [imported, present]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    imports = new FileImports(() => 2);
    expect(await open([join(folder, 'a.json')])).toMatchObject({ kind: 'session', isPresent: true });
    expect(await titles()).toEqual(['a.json']);
  });

  it('is imported again after it was removed, also from an archive', async () => {
    const path = join(folder, 'both.tar');
    await writeFile(path, writeTar([tiny(), tiny(1e12)].map((bytes) => ({ name: 'same.json', bytes }))));
    expect(await open([path])).toMatchObject({ kind: 'session', isPresent: false });
    const [one, other] = await vault.list();
    await vault.remove(String(one?.id));
    expect(await open([path])).toMatchObject({ kind: 'session', isPresent: false });
    expect((await vault.list()).map(({ facts }) => facts.startedAt).sort()).toEqual(
      [one, other].map((session) => session?.facts.startedAt).sort(),
    );
  });
});

describe('an import that ends early', () => {
  it('by the user keeps what was imported, and says that it was stopped', async () => {
    for (const name of 'abcdef') await writeFile(join(folder, `${name}.json`), tiny(name.charCodeAt(0)));
    const stopping = new AbortController();
    const { imported, stops } = await summaryOf([folder], {
      signal: stopping.signal,
      onProgress: ({ files }) => files?.done === 3 && stopping.abort(),
    });
    expect([imported, stops]).toEqual([3, [{ code: 'cancelled' }]]);
    expect(await titles()).toEqual(['a.json', 'b.json', 'c.json']);
  });

  it('continues after a file that can’t be read', async () => {
    await writeFile(join(folder, 'a.json'), tiny());
    const long = join(folder, 'x'.repeat(300));
    const { imported, refused } = await summaryOf([long, join(folder, 'gone.json'), join(folder, 'a.json')]);
    const systemCode = 'ENAMETOOLONG';
    expect([imported, refused.map(({ error }) => error)]).toEqual([
      1,
      [{ code: 'file-denied', details: { reason: systemCode } }, { code: 'file-missing' }],
    ]);
  });
});

async function readAll(input: { open(): AsyncIterable<Uint8Array> }): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const bytes of input.open()) parts.push(bytes);
  return Buffer.concat(parts);
}
