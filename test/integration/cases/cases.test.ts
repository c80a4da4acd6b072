import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Case } from '../../../src-main/contract/case';
import { SessionId } from '../../../src-main/contract/ids';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { moveSessions } from '../../../src-main/node/vault/ephemeral-vault';
import { CaseService } from '../../../src-main/worker/jobs/library/cases';
import { KeyedMutex } from '../../../src-main/contract/shared/mutex';
import { tinyRecord, tinyRecording } from '../../helpers/recordings';
import { storeSession } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const canary = 'canary-51c2-jane@acme-example.com';
const sessionId = (text: string): SessionId => v.parse(SessionId, text);

describe('cases', () => {
  const key = randomBytes(32);
  let folder: string;
  let vault: FileVault;
  let service: CaseService;

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(folder, key, false);
    let ids = 0;
    let now = 1000;
    service = new CaseService(
      new KeyedMutex(),
      () => now++,
      (prefix) => `${prefix}-${String(ids++).padStart(4, '0')}`,
    );
  });

  it('are stored and listed by last change, also after reopening the vault', async () => {
    const first = await service.create(vault.cases, { title: 'Payment fails', sessionIds: [sessionId('s-0001')] });
    const second = await service.create(vault.cases, { title: 'Login loops', sessionIds: [] });
    const changed = await service.change(vault.cases, first.id, { status: 'waiting', owner: 'Ada', tags: ['eu'] });
    const reopened = await FileVault.open(folder, key, false);
    expect(await reopened.cases.list()).toEqual([changed, second]);
    expect(v.is(Case, changed)).toBe(true);
    expect(changed).toMatchObject({ title: 'Payment fails', status: 'waiting', owner: 'Ada' });
  });

  it('leave nothing readable on the disk', async () => {
    const { id } = await service.create(vault.cases, { title: canary, sessionIds: [] });
    await service.attach(vault.cases, id, { name: canary, text: canary });
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file.name).not.toContain('canary');
      expect((await readFile(join(file.parentPath, file.name))).includes('canary')).toBe(false);
    }
  });

  it('lose no concurrent change', async () => {
    const { id } = await service.create(vault.cases, { title: 'x', sessionIds: [] });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => service.attach(vault.cases, id, { name: `text ${n}`, text: 'y' })),
    );
    expect((await vault.cases.read(id)).attachments.map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, n) => `text ${n}`),
    );
  });

  it('contain each session once, in the requested order', async () => {
    const ids = ['s-0002', 's-0001', 's-0002'].map(sessionId);
    const { id } = await service.create(vault.cases, { title: 'x', sessionIds: ids });
    expect((await vault.cases.read(id)).sessionIds).toEqual(['s-0002', 's-0001']);
    const { sessionIds } = await service.setSessions(vault.cases, id, [sessionId('s-0001'), sessionId('s-0002')]);
    expect(sessionIds).toEqual(['s-0001', 's-0002']);
  });

  it('can be restored until the vault is reopened', async () => {
    const { id } = await service.create(vault.cases, { title: 'x', sessionIds: [] });
    await vault.cases.remove(id);
    expect(await vault.cases.list()).toEqual([]);
    expect(await vault.cases.restore(id)).toMatchObject({ id, title: 'x' });
    await vault.cases.remove(id);
    const reopened = await FileVault.open(folder, key, false);
    await expect(reopened.cases.restore(id)).rejects.toMatchObject({ code: 'case-unknown' });
  });

  it('are listed despite a damaged case, which is refused and stays on the disk', async () => {
    const good = await service.create(vault.cases, { title: 'good', sessionIds: [] });
    const bad = await service.create(vault.cases, { title: 'bad', sessionIds: [] });
    const [home = ''] = await readdir(folder);
    const path = join(folder, home, 'cases', bad.id);
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await writeFile(path, bytes);
    expect((await vault.cases.list()).map(({ id }) => id)).toEqual([good.id]);
    await expect(vault.cases.read(bad.id)).rejects.toMatchObject({ code: 'vault-damaged' });
  });

  it.each(['../sessions/x', 'case-0000/../..', '', 'CASE-1'])('know no case called “%s”', async (id) => {
    await expect(vault.cases.read(id)).rejects.toMatchObject({ code: 'case-unknown' });
    await expect(vault.cases.remove(id)).rejects.toMatchObject({ code: 'case-unknown' });
  });

  it('refuse unknown fields and more than fifty sessions', async () => {
    const { id } = await service.create(vault.cases, { title: 'x', sessionIds: [] });
    await expect(service.detach(vault.cases, id, 'a-none')).rejects.toMatchObject({ code: 'attachment-unknown' });
    for (let n = 0; n < 50; n++) await service.attach(vault.cases, id, { name: 'n', text: '' });
    await expect(service.attach(vault.cases, id, { name: 'n', text: '' })).rejects.toMatchObject({
      code: 'attachment-many',
    });
  });

  it('move with their sessions into the permanent vault', async () => {
    const session = await storeSession(vault, tinyRecord, [tinyRecording()]);
    await service.create(vault.cases, { title: 'x', sessionIds: [session.id] });
    const kept = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    await moveSessions(vault, kept);
    const [moved] = await kept.list();
    expect((await kept.cases.list())[0]?.sessionIds).toEqual([moved?.id]);
    expect(moved?.id).not.toBe(session.id);
  });
});
