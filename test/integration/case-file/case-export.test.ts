import { randomBytes } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Case } from '../../../src-main/contract/case';
import type { Note } from '../../../src-main/contract/note';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { Progress } from '../../../src-main/contract/rpc';
import type { StoredSession } from '../../../src-main/contract/session';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { generateSigningKey, openSigner, sshLine } from '../../../src-main/node/signing/ed25519';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { CaseService } from '../../../src-main/worker/jobs/library/cases';
import { exportCase, previewCase } from '../../../src-main/worker/jobs/export/export-case';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { KeyedMutex } from '../../../src-main/contract/shared/mutex';
import { casement } from '../../helpers/command-line';
import { makeId } from '../../../src-main/node/make-id';
import { tinyRecord, tinyRecording } from '../../helpers/recordings';
import { storeSession } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const customer = 'jane.doe@acme-example.com';
const elsewhere = 'mark.roe@other-example.org';
const dayMs = Date.UTC(2026, 4, 4, 12);
const policy = { ...findPolicy('private-by-default'), times: 'absolute' as const, pseudonyms: true };
const template = { beforeTitle: '<!doctype html><title>', beforeData: '</title><script>', afterData: '</script>' };
const made = { software: 'Casement 0', generatedAt: '2026-05-05T00:00:00.000Z' };

/** Returns a recording whose user is identified by email and that shows a name. */
function recording(startedAt: number): SessionEvent[] {
  const identify = { type: 5, data: { tag: 'identify', payload: { email: customer } }, timestamp: startedAt + 950 };
  return [...tinyRecording(startedAt), { windowId: '1', event: identify }];
}

describe('a case exported as one case file', () => {
  const signingKey = generateSigningKey();
  let vault: FileVault;
  let service: CaseService;
  let folder: string;
  let reported: Progress[];

  beforeEach(async () => {
    vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    service = new CaseService(new KeyedMutex(), () => 1000, makeId);
    folder = await makeTempFolder();
    reported = [];
  });

  const job = (signal = new AbortController().signal) => ({
    signal,
    onProgress: (progress: Progress) => void reported.push(progress),
  });

  async function store(startedAt: number, notes: Note[] = [], change: Partial<StoredSession> = {}) {
    const facts = { ...tinyRecord.facts, startedAt, durationMs: 1000, events: 4 };
    return storeSession(vault, { ...tinyRecord, ...change, facts }, [recording(startedAt)], notes);
  }

  async function makeCase(title = 'Payments fail'): Promise<Case> {
    const late = await store(dayMs + 60_000, [{ id: 'n-0001', atMs: 500, text: 'Second user', tags: ['eu'] }]);
    const early = await store(dayMs, [{ id: 'n-0002', atMs: 100, endMs: 700, text: 'First user', severity: 'error' }]);
    const { id } = await service.create(vault.cases, { title, sessionIds: [late.id, early.id] });
    await service.change(vault.cases, id, {
      description: `Reported by ${customer}, and by ${elsewhere}.\nSince noon.`,
      status: 'waiting',
      severity: 'high',
      owner: 'Ada',
      tags: ['checkout'],
    });
    return service.attach(vault.cases, id, { name: `Mail of ${customer}`, text: `From: ${elsewhere}\n\nIt fails.\n` });
  }

  const choice = { policy, hasNotes: true, hasTexts: true, thresholds: defaultThresholds };

  async function write(item: Case, change: Partial<Parameters<typeof exportCase>[2]> = {}, signal?: AbortSignal) {
    const path = join(folder, 'case.casement');
    await exportCase(vault, item, { ...choice, path, template, signingKey, ...change }, made, job(signal));
    return path;
  }

  it('contains all sessions, redacted and signed, with one timeline by wall-clock time', async () => {
    const opened = await openCase(await write(await makeCase()));
    try {
      const verification = await opened.verify();
      expect(verification).toMatchObject({
        verdict: 'signed',
        signer: { publicKey: sshLine(openSigner(signingKey).publicKey) },
        title: 'Payments fail',
      });
      expect(opened.manifest.about).toEqual({
        description: 'Reported by EMAIL-1, and by EMAIL-2.\nSince noon.',
        status: 'waiting',
        severity: 'high',
        owner: 'Ada',
        tags: ['checkout'],
      });
      const texts = new Map<string, string>();
      for (const { path } of verification.entries.filter((entry) => !/^(signatures|datapackage)/.test(entry.path))) {
        texts.set(path, (await opened.read(path)).toString());
      }
      expect(texts.get('attachments/a1.txt')).toBe('Mail of EMAIL-1\n\nFrom: EMAIL-2\n\nIt fails.\n\n');
      for (const [path, text] of texts) expect(text, path).not.toMatch(/jane\.doe|mark\.roe/);
      const lines = (texts.get('timeline/all.jsonl') ?? '').trim().split('\n');
      const all = lines.map((line) => JSON.parse(line) as { datetime: string; window: string; message: string });
      expect(all.map(({ datetime }) => datetime)).toEqual(all.map(({ datetime }) => datetime).sort());
      expect(new Set(all.map(({ window }) => window))).toEqual(new Set(['session 1', 'session 2']));
      expect(all.map(({ message }) => message).filter((message) => / user$/.test(message))).toEqual([
        'First user',
        'Second user',
      ]);
      expect(texts.get('timeline/all.md')).toContain('2, in chronological order');
      const index = JSON.parse(texts.get('recordings/r2/index.json') ?? '') as { title: string };
      expect(index.title).toBe('Recorded session 2');
    } finally {
      opened.close();
    }
    const redacting = reported.filter(({ phase }) => phase === 'redacting');
    expect(redacting.at(-1)).toMatchObject({ done: 8, total: 8 });
    expect(redacting.map(({ done }) => done)).toEqual([...redacting.map(({ done }) => done)].sort((a, b) => a - b));
  });

  it('becomes a case when it is opened, with its origin and order', async () => {
    const path = await write(await makeCase());
    const other = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    await new FileImports(() => 7).importFile(other, path, { thresholds: defaultThresholds }, job());
    const [found, ...more] = await other.cases.list();
    expect(more).toEqual([]);
    expect(v.is(Case, found)).toBe(true);
    expect(found).toMatchObject({
      title: 'Payments fail',
      description: 'Reported by EMAIL-1, and by EMAIL-2.\nSince noon.',
      status: 'waiting',
      owner: 'Ada',
      attachments: [{ name: 'Mail of EMAIL-1', text: 'From: EMAIL-2\n\nIt fails.\n', addedAt: 7 }],
      origin: { madeAt: made.generatedAt, signer: { publicKey: sshLine(openSigner(signingKey).publicKey) } },
    });
    const titles = await Promise.all(found?.sessionIds.map(async (id) => (await other.get(id)).title) ?? []);
    expect(titles).toEqual(['Recorded session 1', 'Recorded session 2']);
    const [first = ''] = found?.sessionIds ?? [];
    expect(await other.readNotes(first)).toMatchObject([{ atMs: 500, text: 'Second user', tags: ['eu'] }]);
    await new FileImports(() => 8).importFile(other, path, { thresholds: defaultThresholds }, job());
    expect([(await other.cases.list()).length, (await other.list()).length], 'opened again').toEqual([1, 2]);
  });

  it('leaves out notes and texts if chosen', async () => {
    const item = await makeCase();
    const opened = await openCase(await write(item, { hasNotes: false, hasTexts: false }));
    expect(opened.manifest.about).toMatchObject({ description: '', owner: 'Ada' });
    expect(opened.manifest.resources.some(({ path }) => path.startsWith('attachments/'))).toBe(false);
    expect((await opened.read('annotations.jsonl')).toString()).toBe('');
    opened.close();
  });

  it('is previewed as exported, with a count of hidden texts', async () => {
    const { entries, report } = await previewCase(vault, await makeCase(), choice, job());
    expect(entries.map(({ wallMs }) => wallMs)).toEqual(entries.map(({ wallMs }) => wallMs).sort());
    expect(report.masked['case-text']).toBe(3);
    expect(report.eventsIn).toBe(8);
  });

  it.each([
    ['title', customer],
    ['case details', 'Payments fail'],
  ])('is refused when its %s contains a hidden value, and nothing is written', async (channel, title) => {
    const item = await makeCase(title);
    const owned = channel === 'title' ? item : await service.change(vault.cases, item.id, { owner: customer });
    await expect(write(owned)).rejects.toMatchObject({ code: 'leak-refused', details: { channel } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('names the note whose tag contains a hidden value', async () => {
    const value = { type: 5, data: { tag: 'order', payload: { orderNumber: '48213' } }, timestamp: dayMs + 960 };
    const facts = { ...tinyRecord.facts, startedAt: dayMs, durationMs: 1000, events: 4 };
    const events = [...tinyRecording(dayMs), { windowId: '1', event: value }];
    const notes = [{ id: 'n-0001', atMs: 1, text: 'Seen', tags: ['48213'] }];
    const { id } = await storeSession(vault, { ...tinyRecord, facts }, [events], notes);
    const item = await service.create(vault.cases, { title: 'x', sessionIds: [id] });
    await expect(write(item)).rejects.toMatchObject({ code: 'leak-refused', details: { channel: 'note' } });
  });

  it('leaves out deleted sessions and those without a page, and is refused if none is left', async () => {
    const item = await makeCase();
    const [late = '', early = ''] = item.sessionIds;
    await vault.remove(late);
    const opened = await openCase(await write(item));
    expect(opened.manifest.resources.filter(({ path }) => path.endsWith('index.json'))).toHaveLength(1);
    opened.close();
    await vault.remove(early);
    await expect(write(item)).rejects.toMatchObject({ code: 'case-empty' });
  });

  it('leaves no file when it is cancelled', async () => {
    const stop = new AbortController();
    const item = await makeCase();
    const path = join(folder, 'case.casement');
    const work = exportCase(vault, item, { ...choice, path, template, signingKey }, made, {
      signal: stop.signal,
      onProgress: ({ phase, done }) => {
        if (phase === 'redacting' && done >= 4) stop.abort();
      },
    });
    await expect(work).rejects.toThrow();
    await expect(access(path)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  it('stays a complete case when the command line packs it again', async () => {
    const path = await write(await makeCase());
    const again = join(folder, 'again.casement');
    expect(await casement('pack', path, '--out', again)).toMatchObject({ code: 0 });
    const opened = await openCase(again);
    expect(opened.manifest).toMatchObject({ title: 'Payments fail', about: { owner: 'Ada', status: 'waiting' } });
    expect((await opened.read('attachments/a1.txt')).toString()).toContain('It fails.');
    opened.close();
  });
});
