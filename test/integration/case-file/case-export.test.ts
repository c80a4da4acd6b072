import { randomBytes } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Case } from '../../../src-main/contract/case';
import { CasementError } from '../../../src-main/contract/errors';
import { ticketFormats, timelineFormats, type ExportFormat } from '../../../src-main/contract/export-format';
import type { Note } from '../../../src-main/contract/note';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { Progress } from '../../../src-main/contract/rpc';
import type { StoredSession } from '../../../src-main/contract/session';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { entryText } from '../../../src-main/contract/words/timeline';
import type { PreparedExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { relativeStart } from '../../../src-main/core/redaction/redact';
import type { ReportNote } from '../../../src-main/core/timeline/formats';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { generateSigningKey, openSigner, sshLine } from '../../../src-main/node/signing/ed25519';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { CaseService } from '../../../src-main/worker/jobs/library/cases';
import { exportCase, previewCase, ticketOfCase } from '../../../src-main/worker/jobs/export/export-case';
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
const noWindows = {
  readTemplate: () => Promise.resolve(template),
  print: () => Promise.reject(new Error('not of a page')),
};
const made = { software: 'Casement 0', generatedAt: '2026-05-05T00:00:00.000Z' };

/** Returns a recording whose user is identified by email and that shows a name. */
function recording(startedAt: number): SessionEvent[] {
  const identify = { type: 5, data: { tag: 'identify', payload: { email: customer } }, timestamp: startedAt + 950 };
  return [...tinyRecording(startedAt), { windowId: '1', event: identify }];
}

describe('a case as an export', () => {
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
    const target = { ...choice, ...noWindows, format: 'case' as const, path, signingKey };
    await exportCase(vault, item, { ...target, ...change }, made, job(signal));
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
      const all = lines.map((line) => JSON.parse(line) as { datetime: string; session: number; message: string });
      expect(all.map(({ datetime }) => datetime)).toEqual(all.map(({ datetime }) => datetime).sort());
      expect(new Set(all.map(({ session }) => session))).toEqual(new Set([1, 2]));
      expect(all.map(({ message }) => message).filter((message) => /^(First|Second) user$/.test(message))).toEqual([
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

  describe('under a policy that hides the clock', () => {
    const relative = { ...policy, times: 'relative' as const };
    const messages = (text: string): unknown[] =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { session: number; at_ms: number; message: string; datetime: null })
        .map(({ session, at_ms, message, datetime }) => [session, at_ms, message, datetime]);

    it('keeps the order and the distances of its sessions, and anyone who opens it merges them alike', async () => {
      const path = await write(await makeCase(), { policy: relative });
      const opened = await openCase(path);
      const merged = messages((await opened.read('timeline/all.jsonl')).toString());
      const indexes = await Promise.all(
        [1, 2].map(
          async (number) => JSON.parse(String(await opened.read(`recordings/r${number}/index.json`))) as object,
        ),
      );
      opened.close();
      expect(indexes).toMatchObject([
        { startedAt: relativeStart, position: { clock: 0, offsetMs: 60_000 } },
        { startedAt: relativeStart, position: { clock: 0, offsetMs: 0 } },
      ]);
      expect(merged).toContainEqual([2, 100, 'First user', null]);
      expect(merged).toContainEqual([1, 60_500, 'Second user', null]);

      // Opened elsewhere and exported again, even with a policy that keeps clocks: there is none any more.
      const other = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
      await new FileImports(() => 7).importFile(other, path, { thresholds: defaultThresholds }, job());
      const [item] = await other.cases.list();
      if (!item) throw new Error('no case');
      const again = await previewCase(other, item, choice, job());
      expect(again.entries.map((entry) => [entry.session?.number, entry.atMs, entryText(entry), entry.wallMs])).toEqual(
        merged,
      );
      const out = join(folder, 'again.casement');
      expect(await casement('pack', path, '--out', out)).toMatchObject({ code: 0 });
      const packed = await openCase(out);
      expect(messages((await packed.read('timeline/all.jsonl')).toString())).toEqual(merged);
      packed.close();
    });

    it('has no positions if clocks are exported', async () => {
      const opened = await openCase(await write(await makeCase()));
      expect(String(await opened.read('recordings/r1/index.json'))).not.toContain('position');
      opened.close();
    });
  });

  it('leaves out notes and texts if chosen', async () => {
    const item = await makeCase();
    const opened = await openCase(await write(item, { hasNotes: false, hasTexts: false }));
    expect(opened.manifest.about).toMatchObject({ description: '', owner: 'Ada' });
    expect(opened.manifest.resources.some(({ path }) => path.startsWith('attachments/'))).toBe(false);
    expect((await opened.read('annotations.jsonl')).toString()).toBe('');
    opened.close();
  });

  describe('as its merged timeline', () => {
    const saved = async (format: ExportFormat, change: object = {}): Promise<string> => {
      const path = join(folder, `case.${format}`);
      await write(await makeCase(), { format, path, ...change });
      return readFile(path, 'utf8');
    };

    it.each(timelineFormats)('is written as %s, with its notes and without its texts', async (format) => {
      const text = (await saved(format)).replaceAll('\\', '');
      for (const note of ['First user', 'Second user']) expect(text).toContain(note);
      expect(text.indexOf('First user')).toBeLessThan(text.indexOf('Second user'));
      expect(text).not.toMatch(/jane\.doe|mark\.roe|Since noon|It fails/);
    });

    it('names the case, its sessions and the origin of each', async () => {
      const html = await saved('html');
      expect(html).toContain('<h1>Payments fail</h1>');
      expect(html).toContain('2, in chronological order');
      expect(html.match(/<td>Imported<\/td>/g)).toHaveLength(2);
      expect(html).not.toContain('Case texts');
    });

    it('is printed as a PDF', async () => {
      let page = '';
      const print = (html: string): Promise<Uint8Array> => {
        page = html;
        return Promise.reject(new CasementError('pdf-failed'));
      };
      await expect(saved('pdf', { print })).rejects.toMatchObject({ code: 'pdf-failed' });
      expect(page).toContain('<td class="session">2</td>');
    });

    it('has screenshots at the notes of each session', async () => {
      const shown: unknown[] = [];
      const takeScreenshots = (sessions: readonly PreparedExport[], notes: readonly ReportNote[]) => {
        shown.push(sessions.length, ...notes.map(({ text, session }) => [text, session?.number, session?.atMs]));
        return Promise.resolve(new Map(notes.map(({ id }) => [id, 'failed' as const])));
      };
      const html = await saved('html', { takeScreenshots });
      expect(shown).toEqual([2, ['First user', 2, 100], ['Second user', 1, 500]]);
      expect(html.match(/No screenshot: it could not be taken/g)).toHaveLength(2);
    });

    it.each(ticketFormats)('is copied for a ticket in %s', async (format) => {
      const text = await ticketOfCase(vault, await makeCase(), { ...choice, format }, made, job());
      expect(text.replaceAll('\\', '')).toMatch(/Payments fail[\s\S]*First user[\s\S]*Second user/);
    });

    it('is one replay page with all sessions', async () => {
      const page = await saved('replay-html');
      expect(JSON.parse(/<script>(.*)<\/script>/s.exec(page)?.[1] ?? '')).toMatchObject({ sessions: [{}, {}] });
    });
  });

  it('is previewed as exported, with a count of hidden texts', async () => {
    const { entries, report } = await previewCase(vault, await makeCase(), choice, job());
    expect(new Set(entries.map(({ session }) => session?.number))).toEqual(new Set([1, 2]));
    expect(entries.map(({ wallMs }) => wallMs)).toEqual(entries.map(({ wallMs }) => wallMs).sort());
    expect(report.masked['case-text']).toBe(3);
    expect(report.eventsIn).toBe(8);
  });

  it.each([
    ['title', customer],
    ['case details', 'Payments fail'],
  ])('hides a private value in its %s', async (channel, title) => {
    const item = await makeCase(title);
    const owned = channel === 'title' ? item : await service.change(vault.cases, item.id, { owner: customer });
    const opened = await openCase(await write(owned));
    expect(JSON.stringify(opened.manifest)).not.toContain(customer);
    expect(opened.manifest.about?.tags).toEqual(['checkout']);
    opened.close();
  });

  it('names the note whose tag contains a hidden value', async () => {
    const value = { type: 5, data: { tag: 'order', payload: { orderNumber: '48213' } }, timestamp: dayMs + 960 };
    const facts = { ...tinyRecord.facts, startedAt: dayMs, durationMs: 1000, events: 4 };
    const events = [...tinyRecording(dayMs), { windowId: '1', event: value }];
    const notes = [{ id: 'n-0001', atMs: 1, text: 'Seen', tags: ['48213'] }];
    const { id } = await storeSession(vault, { ...tinyRecord, facts }, [events], notes);
    const item = await service.create(vault.cases, { title: 'x', sessionIds: [id] });
    const where = { channel: 'note at 0:00', part: 'note', kind: 'number', session: 1, atMs: 1 };
    await expect(write(item)).rejects.toMatchObject({ code: 'leak-refused', details: where });

    // If the user agrees, the value is masked in the tag instead.
    const opened = await openCase(await write(item, { hidesOwnTexts: true }));
    expect(String(await opened.read('annotations.jsonl'))).not.toContain('48213');
    opened.close();
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
    const target = { ...choice, ...noWindows, format: 'case' as const, path, signingKey };
    const work = exportCase(vault, item, target, made, {
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
