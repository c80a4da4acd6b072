import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ticketFormats, timelineFormats, type ExportFormat } from '../../../src-main/contract/export-format';
import { KeyedMutex } from '../../../src-main/contract/shared/mutex';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { StoredSession } from '../../../src-main/contract/session';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { entryText } from '../../../src-main/contract/words/timeline';
import { findPolicy, shippedPolicies } from '../../../src-main/core/redaction/policy';
import { makeId } from '../../../src-main/node/make-id';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { exportCase, previewCase } from '../../../src-main/worker/jobs/export/export-case';
import { exportStored, ticketOf, type ExportTarget } from '../../../src-main/worker/jobs/export/exports';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { ByteFeed } from '../../../src-main/worker/jobs/import/byte-feed';
import { importTimeline } from '../../../src-main/worker/jobs/import/import-timeline';
import { CaseService } from '../../../src-main/worker/jobs/library/cases';
import { readTimelineBy } from '../../../src-main/worker/jobs/library/timelines';
import { RecordingWriter } from '../../../src-main/core/export/redacted-recording';
import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { caseHead, collectEntries, tinySession } from '../../helpers/case-file';
import { casement } from '../../helpers/command-line';
import { tinyRecording } from '../../helpers/recordings';
import { makeTempFolder } from '../../helpers/temp-folder';

const startedAt = Date.UTC(2026, 4, 4, 12);
const customer = 'jane.doe@acme-example.com';
const made = { software: 'Casement 0', generatedAt: '2026-05-05T00:00:00.000Z' };
const template = { beforeTitle: '<!doctype html><title>', beforeData: '</title><script>', afterData: '</script>' };
const job = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

const at = (atMs: number, entry: Omit<TimelineEntry, 'atMs' | 'wallMs' | 'windowId' | 'severity'>): TimelineEntry => ({
  atMs,
  wallMs: startedAt + atMs,
  windowId: '',
  severity: 'info',
  ...entry,
});
/** The timeline that a platform without pages provides. */
const platformEntries: TimelineEntry[] = [
  at(0, { kind: 'navigation', verb: 'opened', quotes: { page: 'shop.test/cart' } }),
  at(900, { kind: 'identify', verb: 'identified', quotes: { user: customer } }),
  at(1000, { kind: 'click', verb: 'clicked', facts: { control: 'button' }, quotes: { name: 'Save' } }),
  at(2000, { kind: 'console-error', verb: 'logged', quotes: { message: `No order of ${customer} is open` } }),
];

let folder: string;
let vault: FileVault;
beforeEach(async () => {
  folder = await makeTempFolder();
  vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
});

/** Stores a session of a platform without pages. */
async function storePlatformTimeline(): Promise<StoredSession> {
  const origin = {
    title: customer,
    from: 'fullstory' as const,
    sourceName: 'FullStory',
    isTimelineOnly: true as const,
  };
  const scratch = await vault.scratch();
  const feed = new ByteFeed(scratch);
  const options = { thresholds: defaultThresholds, now: 1, signal: new AbortController().signal };
  const stored = importTimeline(vault, feed, { origin, storedId: undefined }, options);
  for (const { atMs, wallMs: _wall, ...entry } of platformEntries)
    await feed.push(Buffer.from(`${JSON.stringify({ casement: 'timeline', at: startedAt + atMs, ...entry })}\n`));
  feed.end();
  const session = await stored.finally(() => scratch.clear());
  await vault.writeNotes(session.id, [{ id: 'n-0001', atMs: 1500, text: 'Here it fails' }]);
  return session;
}

/** Imports a recording without a full snapshot. */
async function importWithoutPage(): Promise<StoredSession> {
  const events = [
    ...tinyRecording(startedAt).flatMap(({ event }) => (event.type === 2 ? [] : [event])),
    {
      type: 6,
      data: {
        plugin: 'rrweb/console@1',
        payload: { level: 'error', payload: [JSON.stringify(`No order of ${customer}`)], trace: [] },
      },
      timestamp: startedAt + 990,
    },
  ];
  const path = join(folder, 'no-page.json');
  await writeFile(path, JSON.stringify(events));
  return new FileImports(() => 7).importFile(vault, path, { thresholds: defaultThresholds }, job());
}

const choice = { policy: findPolicy('incident'), hasNotes: true, thresholds: defaultThresholds };

async function save(session: StoredSession, format: ExportFormat, change: Partial<ExportTarget> = {}): Promise<string> {
  const path = join(folder, `out.${format}`);
  const windows = {
    print: () => Promise.reject(new Error('no window')),
    readTemplate: () => Promise.resolve(template),
  };
  await exportStored(vault, session, { ...choice, ...windows, format, path, ...change }, made, job());
  return path;
}

describe.each([
  ['of a platform without pages', storePlatformTimeline],
  ['of a recording without a page', importWithoutPage],
])('a session %s', (_, store) => {
  it('has a timeline, and no page', async () => {
    const session = await store();
    expect(session.isTimelineOnly).toBe(true);
    expect(session.facts.damage).toEqual([]);
    const entries = await readTimelineBy(vault, new KeyedMutex(), session.id, { ...defaultThresholds, idleMs: 60_000 });
    expect(entries.map(entryText).join()).toContain(`No order of ${customer}`);
  });

  it.each(timelineFormats)('is exported as %s', async (format) => {
    const text = await readFile(await save(await store(), format), 'utf8');
    expect(text.replaceAll('\\', '')).toMatch(/No order of •+/);
    expect(text).not.toMatch(/jane|acme/i);
  });

  it.each(ticketFormats)('is copied for a ticket in %s', async (format) => {
    const text = await ticketOf(vault, await store(), { ...choice, format }, made, job());
    expect(text.replaceAll('\\', '')).toMatch(/No order of •+/);
  });

  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))(
    'is exported under %s',
    async (_name, policy) => {
      const text = await readFile(await save(await store(), 'jsonl', { policy }), 'utf8');
      expect(text).toContain('"kind":"console-error"');
      expect(text).not.toMatch(/jane|acme/i);
    },
  );

  it('leaves as a case file, which opens as the same timeline, and is exported again', async () => {
    const session = await store();
    const path = await save(session, 'case');
    const texts = (await readFile(await save(session, 'jsonl'), 'utf8')).trim().split('\n');
    const exported = texts.map((line) => (JSON.parse(line) as { message: string }).message);
    const other = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    const opened = await new FileImports(() => 7).importFile(other, path, { thresholds: defaultThresholds }, job());
    expect(opened).toMatchObject({ isTimelineOnly: true, from: 'case', facts: { startedAt } });
    const notes = (await other.readNotes(opened.id)).map(({ text }) => text);
    const shown = (await other.readTimeline(opened.id)).map(entryText);
    expect([...shown, ...notes].sort()).toEqual([...exported].sort());

    const again = join(folder, 'again.casement');
    expect(await casement('verify', path)).toMatchObject({ code: 0 });
    expect(await casement('pack', path, '--out', again)).toMatchObject({ code: 0 });
    expect(await casement('verify', again)).toMatchObject({ code: 0 });
    const { stdout } = await casement('timeline', again, '--format', 'jsonl', '--policy', 'incident');
    const repeated = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message);
    expect(repeated).toHaveLength(exported.length);
  });

  it('is merged into the timeline of its case', async () => {
    const session = await store();
    const path = join(folder, 'later.json');
    await writeFile(path, JSON.stringify(tinyRecording(startedAt + 60_000).map(({ event }) => event)));
    const later = await new FileImports(() => 8).importFile(vault, path, { thresholds: defaultThresholds }, job());
    const service = new CaseService(new KeyedMutex(), () => 1000, makeId);
    const { id } = await service.create(vault.cases, { title: 'Payments fail', sessionIds: [later.id, session.id] });
    const item = await vault.cases.read(id);
    const { entries } = await previewCase(vault, item, { ...choice, hasTexts: true }, job());
    expect([...new Set(entries.map((entry) => entry.session?.number))]).toEqual([2, 1]);
    const target = {
      ...choice,
      hasTexts: true,
      format: 'case' as const,
      path: join(folder, 'case.casement'),
      print: () => Promise.reject(new Error('no window')),
      readTemplate: () => Promise.resolve(template),
    };
    await exportCase(vault, item, target, made, job());
    const opened = await openCase(target.path);
    expect((await opened.verify()).entries.every(({ isMatching }) => isMatching)).toBe(true);
    opened.close();
  });
});

describe('the entries of a case file', () => {
  async function open(entry: TimelineEntry): Promise<StoredSession> {
    const recording = await new RecordingWriter(createMemoryStore()).finish();
    const session = { ...(await tinySession()), recording, entries: [entry] };
    const path = join(folder, 'made.casement');
    await writeCase(path, caseHead, await collectEntries([session]), { check: () => undefined });
    return new FileImports(() => 7).importFile(vault, path, { thresholds: defaultThresholds }, job());
  }
  const click = at(500, { kind: 'click', verb: 'clicked', quotes: { name: 'Pay\u202e\nnow' } });

  it('are shown as plain lines', async () => {
    const { id } = await open(click);
    expect((await vault.readTimeline(id)).map(({ quotes }) => quotes)).toEqual([{ name: 'Pay now' }]);
  });

  it.each([
    ['before the start', { ...click, atMs: -1 }],
    ['that are notes', { ...click, kind: 'note' as const }],
    ['with an unknown field', { ...click, html: '<b>' }],
  ])('are refused if there are some %s', async (_, entry) => {
    await expect(open(entry)).rejects.toMatchObject({ code: 'case-unreadable' });
    expect(await vault.list()).toEqual([]);
  });
});
