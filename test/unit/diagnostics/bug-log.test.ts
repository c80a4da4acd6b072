import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { bugOrigins, type BugOrigin } from '../../../src-main/contract/diagnostics';
import { describeBug } from '../../../src-main/contract/shared/describe-bug';
import { diagnosticsText } from '../../../src-main/contract/words/diagnostics';
import { openBugLog, type BugLog } from '../../../src-main/node/diagnostics/bug-log';
import { makeTempFolder } from '../../helpers/temp-folder';

const source = 'function openVault(path) {\n  throw new Error(path);\n}\n';

let folder: string;
let file: string;
let log: BugLog;

const open = (): BugLog => {
  const folders = Object.fromEntries(bugOrigins.map((origin) => [origin, join(folder, 'app')])) as Record<
    BugOrigin,
    string
  >;
  return openBugLog({ file, folders, nowMs: () => 1000 });
};

beforeEach(async () => {
  folder = await makeTempFolder();
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app', 'main.cjs'), source);
  file = join(folder, 'data', 'bugs.json');
  log = open();
});

const report = (...frames: unknown[]) => ({ class: 'Error', frames });
const known = { file: 'main.cjs', line: 2, column: 9, name: 'openVault' };

describe('the log of bugs', () => {
  it('keeps an entry for the next run, in a file that only the user can read', async () => {
    log.add('worker', report(known));
    const entry = { origin: 'worker', class: 'Error', frames: [known], atMs: 1000, count: 1 };
    expect(log.list()).toEqual([entry]);
    expect(open().list()).toEqual([entry]);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('keeps only frames that exist in Casement’s own files', () => {
    log.add(
      'shell',
      report(
        { ...known, line: 4242 },
        { ...known, column: 4242 },
        { ...known, file: 'hunter2.cjs' },
        { ...known, name: 'hunter2' },
        { ...known, name: 'open' },
      ),
    );
    const { name: _name, ...position } = known;
    expect(log.list()[0]?.frames).toEqual([position, position]);
  });

  it.each([
    ['an extra field', { ...report(), message: 'hunter2' }],
    ['a class of its own', { class: 'Hunter2', frames: [] }],
    ['a path that leaves the folder', report({ ...known, file: '../main.cjs' })],
    ['an absolute path', report({ ...known, file: '/etc/main.cjs' })],
    ['too many frames', report(...Array.from({ length: 21 }, () => known))],
    ['no object', 'hunter2'],
  ])('refuses a report with %s', (_what, refused) => {
    log.add('replay', refused);
    expect(log.list()).toEqual([]);
  });

  it('counts an error that repeats', () => {
    for (let time = 0; time < 3; time++) log.add('main', report(known));
    log.add('worker', report(known));
    expect(log.list().map(({ origin, count }) => [origin, count])).toEqual([
      ['worker', 1],
      ['main', 3],
    ]);
  });

  it('stays small', async () => {
    for (let index = 0; index < 1000; index++) log.add(index % 2 === 0 ? 'main' : 'worker', report(known));
    expect(log.list()).toHaveLength(100);
    expect((await stat(file)).size).toBeLessThan(100_000);
  });

  it('is empty after it was cleared', () => {
    log.add('main', report(known));
    log.clear();
    expect(log.list()).toEqual([]);
    expect(open().list()).toEqual([]);
  });

  it('starts again if its file was damaged or changed', async () => {
    log.add('main', report(known));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"Error"', '"Hunter2"'));
    expect(open().list()).toEqual([]);
    await writeFile(file, '{');
    expect(open().list()).toEqual([]);
  });

  it('holds no secret of an error, in its file or as text', async () => {
    class Hunter2 extends Error {}
    const root = `${join(folder, 'app')}/`;
    const stack = `Error: hunter2\n    at hunter2 (${root}main.cjs:2:9)\n    at openVault (${root}main.cjs:2:9)`;
    const errors = [
      Object.assign(new Error('hunter2', { cause: new Error('hunter2') }), { stack }),
      new Hunter2('hunter2'),
      Object.assign(new Error('x'), { name: 'hunter2', code: 'hunter2', path: '/home/hunter2' }),
      { hunter2: 'hunter2' },
    ];
    for (const error of errors) log.add('main', describeBug(error, root));
    expect(log.list().length).toBeGreaterThanOrEqual(2);
    const text = diagnosticsText('Casement 1', log.list());
    expect(text).toContain('at openVault (main.cjs:2:9)');
    expect(`${await readFile(file, 'utf8')}${text}`).not.toMatch(/hunter2|home|app\//i);
  });
});
