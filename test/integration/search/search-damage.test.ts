import { spawn } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import type { SqlRow } from '../../../src-main/node/search-index/database';
import type { SearchedEntry } from '../../../src-main/node/search-index/searchable-texts';
import { deriveIndexKey } from '../../../src-main/node/search-index/index-key';
import { IndexDamaged, openIndex, type IndexLocation } from '../../../src-main/node/search-index/index-files';
import { openSearchIndex } from '../../../src-main/node/search-index/search-index';
import { bundleScript } from '../../helpers/bundle-script';
import { entry, inventSession, makeSession, putSession } from '../../helpers/search-corpus';
import { SeededRandom } from '../../helpers/seeded-random';
import { sqliteProgramPath } from '../../helpers/sqlite-program';
import { makeTempFolder } from '../../helpers/temp-folder';

const key = new Uint8Array(32).fill(1);
const locationOf = (folder: string): IndexLocation => ({ folder, key, programPath: sqliteProgramPath });
const noSignal = new AbortController().signal;

async function fillIndex(folder: string, count: number): Promise<void> {
  const index = await openSearchIndex(locationOf(folder));
  for (let number = 0; number < count; number++) {
    await putSession(index, inventSession(number, { entries: 20, texts: 10 }));
  }
  index.close();
}

/** Reads every used page. */
async function readAll(location: IndexLocation): Promise<unknown> {
  const { database, attempt } = await openIndex(location);
  try {
    return attempt(() => database.run('PRAGMA integrity_check')[0]?.[0]);
  } finally {
    database.close();
  }
}

test('detects a changed byte on any page', async () => {
  const folder = await makeTempFolder();
  await fillIndex(folder, 8);
  const path = join(folder, 'search.db');
  const original = await readFile(path);
  expect(await readAll(locationOf(folder))).toBe('ok');

  const pageBytes = 4096;
  const random = new SeededRandom(11);
  const undetected: number[] = [];
  for (let page = 0; page < original.length / pageBytes; page++) {
    // The first bytes of the file are the cipher's salt, which a raw key doesn't use.
    const at = page * pageBytes + (page === 0 ? 16 + random.below(pageBytes - 16) : random.below(pageBytes));
    const changed = Buffer.from(original);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    await writeFile(path, changed);
    const outcome = await readAll(locationOf(folder)).catch((error: unknown) => error);
    if (!(outcome instanceof IndexDamaged)) undetected.push(at);
  }
  expect(undetected).toEqual([]);
});

test('replaces an index that has another key or version, is truncated or is not a database', async () => {
  const damages: [string, (folder: string) => Promise<Partial<IndexLocation>>][] = [
    ['another key', async () => ({ key: new Uint8Array(32).fill(2) })],
    [
      'another version',
      async (folder) => {
        const { database } = await openIndex(locationOf(folder));
        database.run('PRAGMA user_version = 99');
        database.close();
        return {};
      },
    ],
    [
      'truncated',
      async (folder) => {
        const path = join(folder, 'search.db');
        await writeFile(path, (await readFile(path)).subarray(0, 5000));
        return {};
      },
    ],
    ['not a database', async (folder) => (await writeFile(join(folder, 'search.db'), 'no database'.repeat(999)), {})],
  ];
  for (const [name, damage] of damages) {
    const folder = await makeTempFolder();
    await fillIndex(folder, 3);
    const index = await openSearchIndex({ ...locationOf(folder), ...(await damage(folder)) });
    expect(index.stamps().size, name).toBe(0);
    await putSession(index, inventSession(1, { entries: 5, texts: 2 }));
    expect((await index.query({ text: '', filters: {} }, noSignal)).sessionCount, name).toBe(1);
    index.close();
  }
});

test('opens an undamaged index unchanged', async () => {
  const folder = await makeTempFolder();
  await fillIndex(folder, 3);
  const index = await openSearchIndex(locationOf(folder));
  expect(index.stamps().size).toBe(3);
  index.close();
});

/** Returns the number of rows in the tables that refer to sessions. */
async function countRows(folder: string): Promise<SqlRow[]> {
  const { database } = await openIndex(locationOf(folder));
  const rows = database.run(
    'SELECT (SELECT count(*) FROM place), (SELECT count(*) FROM place_words), (SELECT count(*) FROM filling), (SELECT sum(sessions) FROM word)',
  );
  database.close();
  return rows;
}

const endsEarly = new Error('the timeline ends early');

test('keeps the indexed session if reading its new timeline fails', async () => {
  const folder = await makeTempFolder();
  await fillIndex(folder, 3);
  const before = await countRows(folder);
  const index = await openSearchIndex(locationOf(folder));
  const again = inventSession(1, { entries: 9, texts: 4 });
  function* broken(): Generator<readonly SearchedEntry[]> {
    yield again.timeline;
    throw endsEarly;
  }
  await expect(index.putSession({ ...again, timeline: broken() }, 'then')).rejects.toBe(endsEarly);
  expect((await index.query({ text: '', filters: {} }, noSignal)).sessionCount).toBe(3);
  expect(index.stamps().get(again.session.id)).toBe('now');
  index.close();
  expect(await countRows(folder)).toEqual(before);
});

test('removes a partly indexed session when the index is opened after a crash', async () => {
  const folder = await makeTempFolder();
  await fillIndex(folder, 3);
  const before = await countRows(folder);
  const index = await openSearchIndex(locationOf(folder));
  const next = inventSession(7, { entries: 9, texts: 4 });
  let isPartlyIndexed = false;
  async function* hanging(): AsyncGenerator<readonly SearchedEntry[]> {
    yield next.timeline;
    isPartlyIndexed = true;
    await new Promise(() => undefined);
  }
  // As in a crash, the call never completes.
  void index.putSession({ ...next, timeline: hanging() }, 'now');
  await expect.poll(() => isPartlyIndexed).toBe(true);
  expect((await index.query({ text: '', filters: {} }, noSignal)).sessionCount).toBe(3);
  index.close();
  // Control: its rows are there.
  expect(await countRows(folder)).not.toEqual(before);

  (await openSearchIndex(locationOf(folder))).close();
  expect(await countRows(folder)).toEqual(before);
});

test('stores no searchable text unencrypted, before or after the log is merged', async () => {
  const planted = ['plantedneedle', 'planted.person@example.com', 'Übergröße'];
  const session = {
    session: makeSession({ title: planted[1] ?? '' }),
    timeline: [entry(1, 'click', `Clicked button “${planted[0]}”`)],
    texts: [{ windowId: '1', text: planted[2] ?? '', spans: [[1, 2]] as [number, number][] }],
    notes: [],
  };
  const folder = await makeTempFolder();
  const index = await openSearchIndex(locationOf(folder));
  await putSession(index, session);
  expect((await index.query({ text: 'plantedneedle', filters: {} }, noSignal)).sessionCount).toBe(1);
  const found = async (): Promise<string[]> => {
    const names = await readdir(folder);
    const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    expect(bytes.length).toBeGreaterThan(4096);
    return [...planted, 'planted', 'CREATE TABLE', 'SQLite format'].filter((word) => bytes.includes(word));
  };
  expect(await found()).toEqual([]);

  index.close();
  expect(await found()).toEqual([]);

  // Control: without encryption, the same search finds the words.
  const { database } = await openIndex(locationOf(folder));
  database.run('PRAGMA journal_mode = DELETE');
  database.run(`PRAGMA rekey = ''`);
  database.close();
  expect(await found()).toEqual([...planted, 'planted', 'CREATE TABLE', 'SQLite format']);
});

test('derives the index’s key from the vault’s key', () => {
  const derived = deriveIndexKey(key);
  expect(derived).toHaveLength(32);
  expect(derived).not.toEqual(key);
  expect(deriveIndexKey(key)).toEqual(derived);
  expect(deriveIndexKey(new Uint8Array(32).fill(2))).not.toEqual(derived);
});

test('opens after a process was killed while writing, with every session that was reported as indexed', async () => {
  const scripts = await makeTempFolder();
  const script = await bundleScript('search-writer', scripts);
  const folder = await makeTempFolder();
  const random = new SeededRandom(5);
  const written = new Map<string, number>();
  for (let round = 0; round < 8; round++) {
    const lineLimit = 1 + random.below(30);
    const child = spawn(process.execPath, [script, folder, sqliteProgramPath], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let lines = 0;
    for await (const line of createInterface(child.stdout)) {
      const [id = '', number = ''] = line.split(' ');
      written.set(id, Number(number));
      if (++lines === lineLimit) child.kill('SIGKILL');
    }
    expect(lines).toBeGreaterThanOrEqual(lineLimit);

    const copy = await makeTempFolder();
    await cp(folder, copy, { recursive: true });
    expect(await readAll(locationOf(copy))).toBe('ok');
    const index = await openSearchIndex(locationOf(copy));
    const stamps = index.stamps();
    for (const id of written.keys()) expect(stamps.has(id)).toBe(true);
    expect((await index.query({ text: 'clicked ', filters: {} }, noSignal)).sessionCount).toBe(stamps.size);
    index.close();
  }
});
