import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { RecordingIndex } from '../../../src-main/contract/case-format';
import { NoteId } from '../../../src-main/contract/ids';
import type { Note } from '../../../src-main/contract/note';
import { buildCaseEntries, type CaseEntry } from '../../../src-main/core/casefile/entries';
import { assertUnbroken, openCase } from '../../../src-main/node/case-archive/read-case';
import { openCheckedZip } from '../../../src-main/node/case-archive/read-zip';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { encodeManifest } from '../../../src-main/core/casefile/manifest';
import { encodeText } from '../../../src-main/core/casefile/text';
import { caseSession } from '../../../src-main/core/export/artifact';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import {
  caseHead,
  collectEntries,
  readCaseSessions,
  tinyCaseEntries,
  tinySession,
  writeTinyCase,
} from '../../helpers/case-file';
import { tinyRecording } from '../../helpers/recordings';
import { makeTempFolder } from '../../helpers/temp-folder';

async function writeZip(path: string, fill: (zip: ZipFile) => void): Promise<void> {
  const zip = new ZipFile();
  fill(zip);
  zip.end();
  await pipeline(Readable.from(zip.outputStream), createWriteStream(path));
}

/** Opens and verifies a case file. Returns its sessions and verification, or the error code. */
async function outcomeOf(path: string): Promise<unknown> {
  try {
    const opened = await openCase(path);
    try {
      const verification = await opened.verify();
      assertUnbroken(verification);
      return { sessions: await readCaseSessions(opened), verification };
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}

describe('a case file', () => {
  it('returns the events and notes that were written, every entry with its hash', async () => {
    const notes = ['Here it stops.', 'Then they left.'].map((text, index) => ({
      id: `n-own-${index}`,
      atMs: 400,
      text,
    }));
    const opened = await openCase(await writeTinyCase(await makeTempFolder(), notes));
    const verification = await opened.verify();
    expect(verification).toMatchObject({ verdict: 'unsigned', title: 'Payment fails' });
    expect(verification.entries.every((entry) => entry.isMatching)).toBe(true);
    const [session] = await readCaseSessions(opened);
    expect(session?.events).toEqual(tinyRecording());
    expect(session?.notes.map(({ atMs, text }) => ({ atMs, text }))).toEqual(
      notes.map(({ atMs, text }) => ({ atMs, text })),
    );
    opened.close();
  });

  it('is byte-identical for the same input', async () => {
    const [a, b] = [await makeTempFolder(), await makeTempFolder()];
    expect(await readFile(await writeTinyCase(a))).toEqual(await readFile(await writeTinyCase(b)));
  });

  it('begins with its media type, uncompressed, so that `file` recognises it', async () => {
    const bytes = await readFile(await writeTinyCase(await makeTempFolder()));
    expect(bytes.subarray(30, 38).toString()).toBe('mimetype');
    expect(bytes.subarray(38, 78).toString()).toContain('application/vnd.casement.case+zip');
  });

  it('is refused or reads the same after a change of any one byte', async () => {
    const folder = await makeTempFolder();
    const original = await readFile(await writeTinyCase(folder));
    const path = join(folder, 'changed.casement');
    const expected = await outcomeOf(join(folder, 'tiny.casement'));
    const refusals = new Set<unknown>();
    for (let offset = 0; offset < original.length; offset++) {
      const bytes = Buffer.from(original);
      bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x10, offset);
      await writeFile(path, bytes);
      const outcome = await outcomeOf(path);
      if (typeof outcome === 'string') refusals.add(outcome);
      else expect(outcome).toEqual(expected);
    }
    expect([...refusals]).toEqual(expect.arrayContaining(['case-changed', 'case-hostile', 'case-unreadable']));
  });

  it('is refused when it is truncated or not a case file', async () => {
    const folder = await makeTempFolder();
    const original = await readFile(await writeTinyCase(folder));
    const path = join(folder, 'half.casement');
    for (const bytes of [
      original.subarray(0, original.length / 2),
      original.subarray(0, original.length - 1),
      Buffer.alloc(0),
    ]) {
      await writeFile(path, bytes);
      expect(await outcomeOf(path)).toBe('case-unreadable');
    }
    await writeZip(path, (zip) => zip.addBuffer(Buffer.from('hello'), 'readme.txt'));
    expect(await outcomeOf(path)).toBe('case-unreadable');
  });

  it('holds only one entry in memory while it is written', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const buffers: WeakRef<ArrayBufferLike>[] = [];
    let most = 0;
    async function* entries(): AsyncGenerator<CaseEntry> {
      for (let count = 0; count < 20; count++) {
        // `deref` keeps its target alive until the end of the current turn of the event loop.
        await nextTurn();
        collect();
        most = Math.max(most, buffers.filter((bytes) => bytes.deref() !== undefined).length);
        await nextTurn();
        const bytes = randomBytes(20_000);
        buffers.push(new WeakRef(bytes.buffer));
        yield { path: `recordings/r1/${count}.json`, mediatype: 'application/json', bytes };
      }
    }
    const path = join(await makeTempFolder(), 'long.casement');
    await writeCase(path, caseHead, entries(), { check: () => undefined });
    expect(buffers).toHaveLength(20);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('keeps the old file when the gate refuses a part, and leaves no temporary file', async () => {
    const folder = await makeTempFolder();
    const path = await writeTinyCase(folder);
    const before = await readFile(path);
    const refuse = (entry: { path: string }): void => {
      if (entry.path.startsWith('recordings/')) throw new RangeError('refused');
    };
    await expect(writeCase(path, caseHead, await tinyCaseEntries(), { check: refuse })).rejects.toThrow('refused');
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['tiny.casement']);
  });

  it('reports that a newer version of Casement created it', async () => {
    const path = join(await makeTempFolder(), 'newer.casement');
    const manifest = JSON.parse(Buffer.from(encodeManifest(caseHead, [])).toString()) as object;
    await writeZip(path, (zip) => {
      zip.addBuffer(Buffer.from(JSON.stringify({ ...manifest, formatVersion: 9, minReader: 9 })), 'datapackage.json');
    });
    expect(await outcomeOf(path)).toBe('case-newer');
  });
});

/** Writes a case file with changed entries and correct hashes. Returns its path. */
async function writeChangedCase(change: (entry: CaseEntry) => Uint8Array, notes: Note[] = []): Promise<string> {
  const path = join(await makeTempFolder(), 'changed.casement');
  const entries = (await tinyCaseEntries(notes)).map((entry) => ({ ...entry, bytes: change(entry) }));
  await writeCase(path, caseHead, entries, { check: () => undefined });
  return path;
}

function changeIndex(change: (index: RecordingIndex) => unknown): Promise<string> {
  return writeChangedCase(({ path, bytes }) =>
    path === 'recordings/r1/index.json'
      ? encodeText(JSON.stringify(change(JSON.parse(Buffer.from(bytes).toString()) as RecordingIndex)))
      : bytes,
  );
}

const startedAt = 1_700_000_000_000;
const latest = 8.64e15;

describe('the metadata of a case file', () => {
  it('is kept if it is valid', async () => {
    const limits = { title: 'x'.repeat(300), startedAt: 0 };
    const path = await changeIndex((index) => ({
      ...index,
      ...limits,
      chunks: index.chunks.map((chunk) => ({ ...chunk, t1: latest })),
    }));
    expect(await outcomeOf(path)).toMatchObject({
      sessions: [{ title: limits.title, facts: { startedAt: 0, durationMs: startedAt + 900 } }],
    });
  });

  it.each([
    ['begins after its first event', { startedAt: startedAt + 1 }],
    ['begins after the latest valid date', { startedAt: 9e15 }],
    ['begins before 1970', { startedAt: -1 }],
    ['begins at a fraction of a millisecond', { startedAt: 0.5 }],
    ['has a title that is too long', { title: 'x'.repeat(301) }],
  ])('is refused when a recording %s', async (_name, fields) => {
    expect(await outcomeOf(await changeIndex((index) => ({ ...index, ...fields })))).toBe('case-unreadable');
  });

  it.each([{ t0: '0' }, { events: -1 }, { keyframe: 0.5 }])('is refused when a chunk has %o', async (fields) => {
    const path = await changeIndex((index) => ({ ...index, chunks: index.chunks.map((c) => ({ ...c, ...fields })) }));
    expect(await outcomeOf(path)).toBe('case-unreadable');
  });

  it.each([9e15, latest])('is refused when a note is at %d', async (atMs) => {
    const path = await writeTinyCase(await makeTempFolder(), [{ id: 'n-0001', atMs, text: 'Far.' }]);
    expect(await outcomeOf(path)).toBe('case-unreadable');
  });

  it.each(['annotations.jsonl', 'custody.jsonl', 'recordings/r1/index.json'])(
    'is refused when %s is not UTF-8',
    async (name) => {
      const path = await writeChangedCase(({ path: entry, bytes }) => (entry === name ? Buffer.from([0xff]) : bytes));
      expect(await outcomeOf(path)).toBe('case-unreadable');
    },
  );

  it('gives each note a new id, even if ids repeat or are invalid', async () => {
    const notes = ['same', 'same', '__proto__'].map((id) => ({ id, atMs: 1, text: 'A note.' }));
    const opened = await openCase(await writeTinyCase(await makeTempFolder(), notes));
    const [session] = await readCaseSessions(opened);
    opened.close();
    const ids = session?.notes.map(({ id }) => id);
    expect(ids).toEqual(['n-0001', 'n-0002', 'n-0003']);
    expect(ids?.every((id) => v.is(NoteId, id))).toBe(true);
  });

  it('can be read back when times have fractions of a millisecond', async () => {
    for (const fraction of [0.2, 0.7]) {
      const policy = { ...findPolicy('private-by-default'), times: 'absolute' as const };
      const prepared = await prepareExport(tinyRecording(startedAt + fraction), {
        policy,
        notes: [],
        startedAt: startedAt + fraction,
      });
      const facts = { title: 'x', software: 'Casement test', policy: policy.name, generatedAt: caseHead.created };
      const origin = { action: 'imported' as const, at: caseHead.created, source: 'file', format: 'array' };
      const path = join(await makeTempFolder(), 'x.casement');
      const entries = buildCaseEntries([caseSession(prepared, facts, origin)], []);
      await writeCase(path, caseHead, entries, { check: () => undefined });
      expect(await outcomeOf(path)).toMatchObject({ sessions: [{ facts: { startedAt } }] });
    }
  });
});

describe('a hostile archive', () => {
  it('is refused when a recording lists a chunk twice, or a chunk of another recording', async () => {
    const repeat = await changeIndex((index) => ({ ...index, chunks: [...index.chunks, ...index.chunks] }));
    expect(await outcomeOf(repeat)).toBe('case-hostile');

    const sessions = [await tinySession(), await tinySession()];
    const entries = (await collectEntries(sessions)).map((entry) =>
      entry.path === 'recordings/r2/index.json'
        ? { ...entry, bytes: encodeText(Buffer.from(entry.bytes).toString().replaceAll('/r2/', '/r1/')) }
        : entry,
    );
    const borrowed = join(await makeTempFolder(), 'borrowed.casement');
    await writeCase(borrowed, caseHead, entries, { check: () => undefined });
    expect(await outcomeOf(borrowed)).toBe('case-hostile');
  });

  const refused: [string, (zip: ZipFile) => void][] = [
    ['an entry that the manifest does not list', (zip) => zip.addBuffer(Buffer.from('x'), 'extra.json')],
    ['two entries with the same name', (zip) => zip.addBuffer(Buffer.from('x'), 'annotations.jsonl')],
    ['two names that differ only in case', (zip) => zip.addBuffer(Buffer.from('x'), 'Annotations.jsonl')],
    ['a link', (zip) => zip.addBuffer(Buffer.from('/etc/passwd'), 'link', { mode: 0o120777 })],
    ['a folder', (zip) => zip.addEmptyDirectory('folder/')],
  ];

  it.each(refused)('is refused for %s', async (_name, add) => {
    const path = join(await makeTempFolder(), 'hostile.casement');
    const entries = await tinyCaseEntries();
    await writeZip(path, (zip) => {
      for (const entry of entries) zip.addBuffer(Buffer.from(entry.bytes), entry.path);
      add(zip);
      zip.addBuffer(Buffer.from('application/vnd.casement.case+zip'), 'mimetype', { compress: false });
      zip.addBuffer(Buffer.from(encodeManifest(caseHead, [])), 'datapackage.json');
      const digest = JSON.stringify({ path: 'datapackage.json', hash: `sha256:${'0'.repeat(64)}` });
      zip.addBuffer(Buffer.from(digest), 'datapackage-digest.json');
    });
    expect(await outcomeOf(path)).toBe('case-hostile');
  });

  it('is refused before unpacking when it would exceed the limits', async () => {
    const path = join(await makeTempFolder(), 'bomb.casement');
    await writeZip(path, (zip) => {
      for (let i = 0; i < 3; i++) zip.addBuffer(Buffer.alloc(1_000_000), `zeros-${i}`);
    });
    const generous = { entries: 3, entryBytes: 1_000_000, totalBytes: 3_000_000 };
    const opened = await openCheckedZip(path, generous);
    expect(opened.entries.size).toBe(3);
    opened.close();
    for (const tight of [{ entries: 2 }, { entryBytes: 999_999 }, { totalBytes: 2_999_999 }]) {
      await expect(openCheckedZip(path, { ...generous, ...tight })).rejects.toMatchObject({ code: 'case-hostile' });
    }
  });
});
