import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import type { SessionRecord } from '../../../src-main/node/vault/vault';
import { tinyRecording } from '../../helpers/recordings';
import { collectEvents, noParts, storeSession } from '../../helpers/stored-session';
import { watchSyncs } from '../../helpers/watch-syncs';
import { makeTempFolder } from '../../helpers/temp-folder';

const canary = 'canary-7f3a-jane@acme-example.com';

const record: SessionRecord = {
  title: canary,
  from: 'file',
  sourceName: 'x.json',
  pulledAt: 1,
  facts: {
    format: 'array',
    windows: [''],
    events: 3,
    startedAt: 0,
    durationMs: 900,
    counts: {},
    damage: [],
    width: 800,
    height: 600,
  },
};

function entryAt(atMs: number): TimelineEntry {
  const severity = atMs % 100 === 0 ? 'error' : 'info';
  return {
    atMs,
    wallMs: atMs,
    windowId: '1',
    kind: 'custom',
    severity,
    verb: 'stated',
    quotes: { text: `entry ${atMs}` },
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('the vault', () => {
  let folder: string;
  const key = randomBytes(32);
  let vault: FileVault;

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(folder, key, false);
  });

  const readFirst = (id: string): Promise<Uint8Array> => vault.readSegment(id, { file: '1-000000' });

  it('returns what was stored, segment by segment, also after reopening', async () => {
    const events = tinyRecording();
    const { id } = await storeSession(vault, record, [events.slice(0, 2), events.slice(2)]);
    const reopened = await FileVault.open(folder, key, false);
    expect(await collectEvents(reopened, id)).toEqual(events);
    expect(await reopened.list()).toMatchObject([{ id, title: canary, noteCount: 0 }]);
  });

  it('returns a timeline of any length in parts, and counts its errors', async () => {
    const timeline = Array.from({ length: 10_500 }, (_, atMs) => entryAt(atMs));
    const writer = await vault.create();
    for (let start = 0; start < timeline.length; start += 700) {
      await writer.addTimeline(timeline.slice(start, start + 700));
    }
    const { id } = await writer.commit(record, noParts());
    const lengths: number[] = [];
    for await (const part of vault.timelineParts(id)) lengths.push(part.length);
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.max(...lengths)).toBeLessThan(5000);
    expect(await vault.readTimeline(id)).toEqual(timeline);
    expect((await vault.get(id)).errorCount).toBe(105);
    expect(await vault.get(id)).not.toHaveProperty('timelineFiles');

    // A rewritten session has the new timeline only, and no file of the old one remains.
    const shorter = await vault.rewrite(id, []);
    await shorter.addTimeline(timeline.slice(0, 4100));
    await shorter.commit(record, noParts());
    expect(await vault.readTimeline(id)).toEqual(timeline.slice(0, 4100));
    expect((await listFiles(folder)).filter((file) => basename(file).startsWith('1-'))).toEqual([]);
  });

  it('leaves nothing readable on the disk', async () => {
    const { id } = await storeSession(vault, record, [tinyRecording()]);
    await vault.writeNotes(id, [{ id: 'n-1', atMs: 0, text: canary }]);
    const files = await listFiles(folder);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const bytes = await readFile(file);
      expect(bytes.includes('canary') || bytes.includes('Welcome') || file.includes('jane')).toBe(false);
    }
  });

  it('refuses a file that was changed, truncated or swapped with another', async () => {
    const { id } = await storeSession(vault, record, [tinyRecording(), tinyRecording(5)]);
    const chunk = (await listFiles(folder)).find((file) => file.endsWith('-000000')) ?? '';
    const sealed = await readFile(chunk);
    const damaged = { code: 'vault-damaged' };

    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40);
    for (const bad of [flipped, sealed.subarray(0, 20), Buffer.alloc(0), await readFile(chunk.replace(/0$/, '1'))]) {
      await writeFile(chunk, bad);
      await expect(readFirst(id)).rejects.toMatchObject(damaged);
    }
    await writeFile(chunk, sealed);
    await expect(readFirst(id)).resolves.toBeInstanceOf(Uint8Array);
  });

  it('lists the other sessions when one is damaged', async () => {
    const { id } = await storeSession(vault, record, [tinyRecording()]);
    const good = await storeSession(vault, record, [tinyRecording()]);
    const file = (await listFiles(folder)).find((path) => path.endsWith(join(id, 'session'))) ?? '';
    await writeFile(file, 'junk');
    expect((await vault.list()).map((session) => session.id)).toEqual([good.id]);
  });

  it('lists the other sessions when the head of one is missing', async () => {
    const { id } = await storeSession(vault, record, [tinyRecording()]);
    const good = await storeSession(vault, record, [tinyRecording()]);
    await rm((await listFiles(folder)).find((path) => path.endsWith(join(id, 'session'))) ?? '');
    expect((await vault.list()).map((session) => session.id)).toEqual([good.id]);
  });

  it.each(['junk', undefined])('lists a session of which only the notes are damaged: %s', async (content) => {
    const { id } = await storeSession(vault, record, [tinyRecording()], [{ id: 'n-0001', atMs: 0, text: 'x' }]);
    const file = (await listFiles(folder)).find((path) => path.endsWith(join(id, 'notes'))) ?? '';
    await (content === undefined ? rm(file) : writeFile(file, content));
    expect(await vault.list()).toMatchObject([{ id, noteCount: 0 }]);
    await expect(vault.readNotes(id)).rejects.toMatchObject({ code: 'vault-damaged' });
    expect(await collectEvents(vault, id)).toHaveLength(3);
  });

  it('syncs all files of a session and its folder before it reports it as stored', async () => {
    const synced = await watchSyncs();
    const { id } = await storeSession(vault, record, [tinyRecording(), tinyRecording(5)]);
    const files = (await listFiles(folder)).filter((file) => file.includes(id));
    expect(files).toHaveLength(8);
    const session = dirname(files[0] ?? '');
    for (const path of [...files, session, dirname(session)]) {
      expect({ path: basename(path), isSynced: synced.has((await stat(path)).ino) }).toMatchObject({ isSynced: true });
    }
  });

  it('leaves nothing of a session when writing it fails', async () => {
    const breaking = function* (): Generator<SessionEvent[]> {
      yield tinyRecording();
      throw new CasementError('disk-full');
    };
    await expect(storeSession(vault, record, breaking())).rejects.toMatchObject({ code: 'disk-full' });
    expect(await vault.list()).toEqual([]);
    expect(await listFiles(folder)).toEqual([]);
  });

  it('restores a removed session until it is reopened', async () => {
    const { id } = await storeSession(vault, record, [tinyRecording()]);
    await vault.remove(id);
    expect(await vault.list()).toEqual([]);
    await expect(vault.get(id)).rejects.toMatchObject({ code: 'session-unknown' });
    await vault.restore(id);
    expect(await collectEvents(vault, id)).toHaveLength(3);

    await vault.remove(id);
    const reopened = await FileVault.open(folder, key, false);
    await expect(reopened.restore(id)).rejects.toMatchObject({ code: 'session-unknown' });
  });

  it('never touches files of another key', async () => {
    await storeSession(vault, record, [tinyRecording()]);
    const other = await FileVault.open(folder, randomBytes(32), false);
    expect(await other.list()).toEqual([]);
    expect(await vault.list()).toHaveLength(1);
  });

  it('is deleted when it is closed if it is temporary', async () => {
    const temporary = await FileVault.open(folder, randomBytes(32), true);
    await storeSession(temporary, record, [tinyRecording()]);
    await temporary.close();
    expect(await listFiles(folder)).toEqual([]);
  });

  it('refuses an id that could be a path', async () => {
    for (const id of ['../secret', 'a/b', '../..', '', 'S-UPPER', 's-\0']) {
      await expect(vault.get(id)).rejects.toMatchObject({ code: 'session-unknown' });
      await expect(vault.remove(id)).rejects.toMatchObject({ code: 'session-unknown' });
    }
  });
});
