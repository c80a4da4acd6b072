import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { StoredSession } from '../../../src-main/contract/session';
import type { Progress } from '../../../src-main/contract/rpc';
import type { SearchResult } from '../../../src-main/contract/search';
import { Notes } from '../../../src-main/worker/jobs/library/notes';
import { openVaultWithSearch, type OpenVault } from '../../../src-main/worker/jobs/library/open-vault';
import { entry, inventSession, makeSession, storeIndexed } from '../../helpers/search-corpus';
import { SeededRandom } from '../../helpers/seeded-random';
import { sqliteProgramPath } from '../../helpers/sqlite-program';
import { noParts } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const key = new Uint8Array(32).fill(9);
const opened: OpenVault[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function openAt(folder: string, isForThisRun = false): Promise<OpenVault> {
  const vault = await openVaultWithSearch(folder, key, isForThisRun, sqliteProgramPath);
  opened.push(vault);
  return vault;
}

async function closeAll(): Promise<void> {
  for (const each of opened.splice(0)) await each.close();
}

const { signal } = new AbortController();
const quiet = { signal, onProgress: () => undefined };

/** Searches as the UI does: again while the index is incomplete, for example if the first search found it damaged. */
async function ask({ search }: OpenVault, text: string): Promise<SearchResult> {
  for (;;) {
    await search.catchUp(quiet);
    const result = await search.query({ text, filters: {} }, { signal });
    if (result.isComplete) return result;
  }
}

const titlesOf = ({ hits }: SearchResult): string[] => hits.map(({ title }) => title);

function sessionWith(title: string, text: string) {
  return { session: makeSession({ title }), timeline: [entry(5, 'click', text)], texts: [], notes: [] };
}

test('finds a session once it is stored, not while it is removed, and again once it is restored', async () => {
  const open = await openAt(await makeTempFolder());
  const { id } = await storeIndexed(open.vault, sessionWith('first', 'Clicked the flywheel'));
  expect(titlesOf(await ask(open, 'flywheel'))).toEqual(['first']);
  await open.vault.remove(id);
  expect(titlesOf(await ask(open, 'flywheel'))).toEqual([]);
  await open.vault.restore(id);
  const found = await ask(open, 'flywheel');
  expect(titlesOf(found)).toEqual(['first']);
  expect(found.isComplete).toBe(true);
});

test('finds a rewritten recording by its new text only', async () => {
  const open = await openAt(await makeTempFolder());
  const {
    id,
    generation,
    noteCount,
    errorCount: _errors,
    ...stored
  } = await storeIndexed(open.vault, sessionWith('first', 'Clicked the flywheel'));
  expect([generation, noteCount]).toEqual([1, 0]);
  await ask(open, 'flywheel');
  const writer = await open.vault.rewrite(id, []);
  await writer.addTimeline([entry(9, 'click', 'Clicked the gearbox')]);
  await writer.commit({ ...stored, title: 'renamed' }, noParts());
  expect(titlesOf(await ask(open, 'gearbox'))).toEqual(['renamed']);
  expect(titlesOf(await ask(open, 'flywheel'))).toEqual([]);
});

test('finds notes, and changed notes by their new text only', async () => {
  const open = await openAt(await makeTempFolder());
  const { id } = await storeIndexed(open.vault, sessionWith('first', 'Clicked'));
  const notes = new Notes(() => 'n-0001');
  await notes.add(open.vault, id, { atMs: 10, text: 'call them back' });
  expect((await ask(open, 'call ')).hits[0]?.moments).toMatchObject([{ kind: 'note', atMs: 10 }]);
  await notes.edit(open.vault, id, 'n-0001', { atMs: 10, text: 'write to them' });
  expect(titlesOf(await ask(open, 'write '))).toEqual(['first']);
  expect(titlesOf(await ask(open, 'call '))).toEqual([]);
});

test('updates the index at the next start after changes that it missed', async () => {
  const folder = await makeTempFolder();
  const first = await openAt(folder);
  const kept = await storeIndexed(first.vault, sessionWith('kept', 'Clicked the flywheel'));
  const gone = await storeIndexed(first.vault, sessionWith('gone', 'Clicked the flywheel'));
  await ask(first, 'flywheel');
  await first.search.close({ isDeleted: false });
  // From here on the index isn't notified of changes.
  await first.vault.remove(gone.id);
  await storeIndexed(first.vault, sessionWith('new', 'Clicked the flywheel'));
  await first.vault.writeNotes(kept.id, [{ id: 'n-1', atMs: 1, text: 'unnoticed' }]);
  opened.length = 0;

  const second = await openAt(folder);
  expect(titlesOf(await ask(second, 'flywheel')).sort()).toEqual(['kept', 'new']);
  expect(titlesOf(await ask(second, 'unnoticed'))).toEqual(['kept']);
});

test('rebuilds a missing index from the vault, with progress', async () => {
  const folder = await makeTempFolder();
  const first = await openAt(folder);
  for (let number = 0; number < 12; number++)
    await storeIndexed(first.vault, inventSession(number, { entries: 10, texts: 5 }));
  expect((await ask(first, 'clicked ')).sessionCount).toBe(12);
  await closeAll();
  await rm(join(folder, 'search'), { recursive: true });

  const second = await openAt(folder);
  const reported: Progress[] = [];
  const early = await second.search.query({ text: 'clicked ', filters: {} }, { signal });
  expect(early.isComplete).toBe(false);
  await second.search.catchUp({ signal, onProgress: (progress) => reported.push(progress) });
  expect(reported.at(-1)).toEqual({ phase: 'indexing', done: 12, total: 12 });
  expect(await ask(second, 'clicked ')).toMatchObject({ sessionCount: 12, isComplete: true });
});

test('rebuilds the index after damage anywhere in its files, with the same results', async () => {
  const folder = await makeTempFolder();
  const first = await openAt(folder);
  for (let number = 0; number < 10; number++)
    await storeIndexed(first.vault, inventSession(number, { entries: 20, texts: 10 }));
  const answersOf = async (open: OpenVault): Promise<unknown[]> => {
    const answers = [];
    for (const text of ['clicked mi ', 'failed ', 'butt', '']) {
      const { tookMs: _, ...answer } = await ask(open, text);
      answers.push(answer);
    }
    return answers;
  };
  const expected = await answersOf(first);
  await closeAll();
  const path = join(folder, 'search', 'search.db');
  const random = new SeededRandom(3);
  for (let round = 0; round < 40; round++) {
    const bytes = await readFile(path);
    for (let flip = 0; flip < 1 + random.below(3); flip++) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    }
    await writeFile(path, random.below(4) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes);
    const open = await openAt(folder);
    expect(await answersOf(open)).toEqual(expected);
    await closeAll();
  }
});

test('searches the other sessions if one can’t be read', async () => {
  const folder = await makeTempFolder();
  const open = await openAt(folder);
  const broken = await storeIndexed(open.vault, sessionWith('broken', 'Clicked the flywheel'));
  await storeIndexed(open.vault, sessionWith('intact', 'Clicked the flywheel'));
  await ask(open, 'flywheel');
  await closeAll();
  await rm(join(folder, 'search'), { recursive: true });
  await spoil(folder, broken);
  const again = await openAt(folder);
  expect(titlesOf(await ask(again, 'flywheel'))).toEqual(['intact']);
});

test('the index of a temporary vault is deleted with it', async () => {
  const folder = await makeTempFolder();
  const open = await openAt(folder, true);
  await storeIndexed(open.vault, sessionWith('first', 'Clicked the flywheel'));
  expect(titlesOf(await ask(open, 'flywheel'))).toEqual(['first']);
  await closeAll();
  await expect(readFile(join(folder, 'search', 'search.db'))).rejects.toThrow();
});

test('a caller can stop waiting for the index, and indexing continues', async () => {
  const open = await openAt(await makeTempFolder());
  for (let number = 0; number < 5; number++)
    await storeIndexed(open.vault, inventSession(number, { entries: 10, texts: 5 }));
  const waiter = new AbortController();
  const waiting = open.search.catchUp({ signal: waiter.signal, onProgress: () => waiter.abort() });
  await expect(waiting).rejects.toThrow();
  expect((await ask(open, 'clicked ')).sessionCount).toBe(5);
});

/** Damages the timeline of a stored session. */
async function spoil(folder: string, { id }: StoredSession): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((path) => path.includes(id) && path.includes('timeline'))) {
    await writeFile(join(folder, name), 'spoilt');
  }
}
