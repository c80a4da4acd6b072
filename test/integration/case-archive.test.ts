import { createWriteStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readCaseSessions } from '../../src-main/node/case-archive/case-sessions';
import { assertUnbroken, readCase } from '../../src-main/node/case-archive/read-case';
import { openCheckedZip } from '../../src-main/node/case-archive/read-zip';
import { writeCase } from '../../src-main/node/case-archive/write-case';
import { encodeManifest } from '../../src-main/core/casefile/manifest';
import { caseHead, tinyCaseEntries, writeTinyCase } from '../helpers/case-file';
import { tinyRecording } from '../helpers/recordings';
import { makeTempFolder } from '../helpers/temp-folder';

async function writeZip(path: string, fill: (zip: ZipFile) => void): Promise<void> {
  const zip = new ZipFile();
  fill(zip);
  zip.end();
  await pipeline(Readable.from(zip.outputStream), createWriteStream(path));
}

/** What opening a case file ends in: all that it says, or the code of the error. */
async function outcomeOf(path: string): Promise<unknown> {
  try {
    const opened = await readCase(path);
    try {
      assertUnbroken(opened.verification);
      return { sessions: await readCaseSessions(opened), verification: opened.verification };
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}

describe('a case file', () => {
  it('gives back the events and notes that went in, every entry with its hash', async () => {
    const note = { id: 'n-0001', atMs: 400, text: 'Here it stops.' };
    const opened = await readCase(await writeTinyCase(await makeTempFolder(), [note]));
    expect(opened.verification).toMatchObject({ verdict: 'unsigned', title: 'Payment fails' });
    expect(opened.verification.entries.every((entry) => entry.isMatching)).toBe(true);
    const [session] = await readCaseSessions(opened);
    expect(session?.events).toEqual(tinyRecording());
    expect(session?.notes).toEqual([note]);
    opened.close();
  });

  it('is the same to the byte when it is made of the same', async () => {
    const [a, b] = [await makeTempFolder(), await makeTempFolder()];
    expect(await readFile(await writeTinyCase(a))).toEqual(await readFile(await writeTinyCase(b)));
  });

  it('begins with its media type, stored, so that `file` can tell it', async () => {
    const bytes = await readFile(await writeTinyCase(await makeTempFolder()));
    expect(bytes.subarray(30, 38).toString()).toBe('mimetype');
    expect(bytes.subarray(38, 78).toString()).toContain('application/vnd.casement.case+zip');
  });

  it('is refused, or reads exactly the same, with any one byte changed', async () => {
    const folder = await makeTempFolder();
    const original = await readFile(await writeTinyCase(folder));
    const path = join(folder, 'changed.casement');
    const whole = await outcomeOf(join(folder, 'tiny.casement'));
    const refusals = new Set<unknown>();
    for (let place = 0; place < original.length; place++) {
      const bytes = Buffer.from(original);
      bytes.writeUInt8(bytes.readUInt8(place) ^ 0x10, place);
      await writeFile(path, bytes);
      const outcome = await outcomeOf(path);
      if (typeof outcome === 'string') refusals.add(outcome);
      else expect(outcome).toEqual(whole);
    }
    expect([...refusals].sort()).toEqual(['case-changed', 'case-hostile', 'case-newer', 'case-unreadable']);
  });

  it('is refused when it ends in the middle, or is no case file at all', async () => {
    const folder = await makeTempFolder();
    const whole = await readFile(await writeTinyCase(folder));
    const path = join(folder, 'half.casement');
    for (const bytes of [whole.subarray(0, whole.length / 2), whole.subarray(0, whole.length - 1), Buffer.alloc(0)]) {
      await writeFile(path, bytes);
      expect(await outcomeOf(path)).toBe('case-unreadable');
    }
    await writeZip(path, (zip) => zip.addBuffer(Buffer.from('hello'), 'readme.txt'));
    expect(await outcomeOf(path)).toBe('case-unreadable');
  });

  it('keeps the old file when the gate refuses a part, and leaves nothing beside it', async () => {
    const folder = await makeTempFolder();
    const path = await writeTinyCase(folder);
    const before = await readFile(path);
    const refuse = (entry: { path: string }): void => {
      if (entry.path.startsWith('recordings/')) throw new RangeError('refused');
    };
    await expect(writeCase(path, caseHead, tinyCaseEntries(), refuse)).rejects.toThrow('refused');
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['tiny.casement']);
  });

  it('says so when a newer Casement made it', async () => {
    const path = join(await makeTempFolder(), 'newer.casement');
    const manifest = JSON.parse(Buffer.from(encodeManifest(caseHead, [])).toString()) as object;
    await writeZip(path, (zip) => {
      zip.addBuffer(Buffer.from(JSON.stringify({ ...manifest, formatVersion: 9, minReader: 9 })), 'datapackage.json');
    });
    expect(await outcomeOf(path)).toBe('case-newer');
  });
});

describe('a hostile archive', () => {
  const refused: [string, (zip: ZipFile) => void][] = [
    ['an entry that the manifest does not list', (zip) => zip.addBuffer(Buffer.from('x'), 'extra.json')],
    ['two entries of one name', (zip) => zip.addBuffer(Buffer.from('x'), 'annotations.jsonl')],
    ['two names that differ in case only', (zip) => zip.addBuffer(Buffer.from('x'), 'Annotations.jsonl')],
    ['a link', (zip) => zip.addBuffer(Buffer.from('/etc/passwd'), 'link', { mode: 0o120777 })],
    ['a folder', (zip) => zip.addEmptyDirectory('folder/')],
  ];

  it.each(refused)('is refused for %s', async (_name, add) => {
    const path = join(await makeTempFolder(), 'hostile.casement');
    await writeZip(path, (zip) => {
      for (const entry of tinyCaseEntries()) zip.addBuffer(Buffer.from(entry.bytes), entry.path);
      add(zip);
      zip.addBuffer(Buffer.from('application/vnd.casement.case+zip'), 'mimetype', { compress: false });
      zip.addBuffer(Buffer.from(encodeManifest(caseHead, [])), 'datapackage.json');
      const digest = JSON.stringify({ path: 'datapackage.json', hash: `sha256:${'0'.repeat(64)}` });
      zip.addBuffer(Buffer.from(digest), 'datapackage-digest.json');
    });
    expect(await outcomeOf(path)).toBe('case-hostile');
  });

  it('is refused when it would unpack to more than the limits, before it is unpacked', async () => {
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
