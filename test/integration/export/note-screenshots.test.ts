import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { StoredSession } from '../../../src-main/contract/session';
import type { Moment } from '../../../src-main/contract/window-port';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { jpegDataUri, plainJpeg, type PlainJpeg } from '../../../src-main/core/image/plain-jpeg';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { formatPrinted, type NoteScreenshot, type TimelineDocument } from '../../../src-main/core/timeline/formats';
import { createGate, type Gate } from '../../../src-main/node/gate/gate';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { exportStored, type ExportTarget } from '../../../src-main/worker/jobs/export/exports';
import { HiddenWindows } from '../../../src-main/worker/jobs/export/hidden-windows';
import { NoteScreenshots, type Show } from '../../../src-main/worker/jobs/export/note-screenshots';
import { withTemporaryReplays } from '../../../src-main/worker/jobs/replay/replay-sources';
import { FakePort } from '../../helpers/fake-port';
import { makeId } from '../../../src-main/node/make-id';
import { pagesInBrowser } from '../../helpers/pages-in-browser';
import { toSession } from '../../helpers/redacted-session';
import { smallJpeg } from '../../helpers/small-jpeg';
import { makeTempFolder } from '../../helpers/temp-folder';
import { makeDocument, oneOfEachKind } from '../../helpers/timeline-document';
import { importInto, pageOf, pulledFor } from '../../helpers/viewed-vault';
import { startedAt } from '../../unit/redaction/small-page';

const secret = 'Zorblaxia Quuxington';

describe('screenshots at the notes of an export', () => {
  let folder: string;
  let vault: FileVault;
  let session: StoredSession;
  let screenshots: NoteScreenshots;
  const made = { software: 'Casement 0', generatedAt: '2026-11-26T10:00:00.000Z' };
  const job = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });

  const addNotes = (times: readonly number[], text = 'Seen.'): Promise<void> =>
    vault.writeNotes(
      session.id,
      times.map((atMs, index) => ({ id: `n-${index}`, atMs, text })),
    );
  const path = (): string => join(folder, 'report.html');
  const save = async (show: Show, more: Partial<ExportTarget> = {}, ofJob = job()): Promise<string> => {
    const target: ExportTarget = {
      policy: findPolicy('private-by-default'),
      hasNotes: true,
      thresholds: defaultThresholds,
      format: 'html',
      path: path(),
      readTemplate: () => Promise.reject(new Error('not of a report')),
      print: () => Promise.reject(new Error('not of a page')),
      takeScreenshots: (sessions, taken, gate) => screenshots.take(sessions, taken, { show, gate, job: ofJob }),
      ...more,
    };
    await exportStored(vault, session, target, made, ofJob);
    return readFile(target.path, 'utf8');
  };

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(join(folder, 'vault'), randomBytes(32), false);
    session = await importInto(vault, pageOf([secret, 'Save']), pulledFor('ada@acme-example.com'));
    screenshots = new NoteScreenshots(makeId);
  });

  it('are taken of the redacted recording only, which is deleted afterwards', async () => {
    await addNotes([5000, 0]);
    const replayed = withTemporaryReplays(() => vault, screenshots.find);
    const moments: Moment[] = [];
    const texts: string[] = [];
    const html = await save(async (moment) => {
      moments.push(moment);
      for (const segment of await replayed.segments(moment.id))
        texts.push(Buffer.from(await replayed.readSegment(moment.id, segment)).toString());
      return smallJpeg();
    });
    expect(moments.map(({ atMs }) => atMs)).toEqual([0, 5000]);
    for (const { id } of moments) {
      expect(id).not.toBe(session.id);
      await expect(replayed.get(id)).rejects.toMatchObject({ code: 'session-unknown' });
    }
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toContain('Save');
      expect(text).not.toContain('Zorblaxia');
    }
    expect(html.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(2);
    // Control: the stored session is not redacted.
    const [first] = await replayed.segments(session.id);
    if (!first) throw new RangeError('no segment');
    expect(Buffer.from(await replayed.readSegment(session.id, first)).toString()).toContain('Zorblaxia');
  });

  it('are replaced by the reason if there is none', async () => {
    await addNotes([0, 1000, 2000, 3000]);
    const replies = ['no-page', 'failed', Uint8Array.of(1, 2, 3), smallJpeg()] as const;
    let count = 0;
    const html = await save(() => Promise.resolve(replies[count++] ?? 'failed'));
    expect(html.match(/No screenshot: the recording has no page/g)).toHaveLength(1);
    expect(html.match(/No screenshot: it could not be taken/g)).toHaveLength(2);
    expect(html.match(/<img /g)).toHaveLength(1);
    expect(html).toContain('alt="Screenshot of the redacted page at 0:03.000 in “Recorded session”"');
  });

  it('show the tab of the last timeline entry before the note', async () => {
    const later = (ms: number) => (event: RecordedEvent) => ({ ...event, timestamp: event.timestamp + ms });
    const events = [
      ...toSession(pageOf(['Save']), 'left'),
      ...toSession(pageOf(['Cancel']).map(later(2000)), 'right'),
    ].sort((a, b) => a.event.timestamp - b.event.timestamp);
    const prepared = await prepareExport(events, {
      policy: findPolicy('private-by-default'),
      notes: [0, 1500, 2500, 5500, 7500].map((atMs) => ({ id: `n-${atMs}`, atMs, text: 'Seen.' })),
      startedAt,
    });
    const texts: string[] = [];
    const replayed = withTemporaryReplays(() => vault, screenshots.find);
    const show: Show = async ({ id, windowId }) => {
      const segment = (await replayed.segments(id)).find((each) => each.windowId === windowId);
      if (segment) texts.push(Buffer.from(await replayed.readSegment(id, segment)).toString());
      return 'failed';
    };
    await screenshots.take([prepared], prepared.notes, { show, gate: createGate(prepared.originals), job: job() });
    expect(texts.map((text) => (text.includes('Save') ? 'left' : text.includes('Cancel') ? 'right' : ''))).toEqual([
      'left',
      'left',
      'right',
      'left',
      'right',
    ]);
  });

  it('are limited in number, and the report names the limit', async () => {
    await addNotes(Array.from({ length: 45 }, (_, index) => index * 10));
    const html = await save(() => Promise.resolve(smallJpeg()));
    expect(html.match(/<img /g)).toHaveLength(40);
    expect(html).toContain('only the first 40 of 45 notes have a screenshot');
    // The first comes in, the second goes beyond the bytes.
    const large = Buffer.concat([smallJpeg().subarray(0, -2), Buffer.alloc(9_000_000, 7), Buffer.from([0xff, 0xd9])]);
    const one = await save(() => Promise.resolve(large));
    expect(one.match(/<img /g)).toHaveLength(1);
    expect(one).toContain('only the first 1 of 45 notes have a screenshot');
  });

  it('are absent without notes, and when the gate refuses the text', async () => {
    const never: Show = () => Promise.reject(new Error('shown'));
    expect(await save(never)).not.toContain('img-src');
    await addNotes([0]);
    const refuse = (): never => {
      throw new Error('refused');
    };
    const none = (): undefined => undefined;
    const gate: Gate = Object.assign(refuse, { hold: refuse, settle: none, file: none, allowImage: none });
    const refused = save(never, {
      takeScreenshots: (sessions, notes) => screenshots.take(sessions, notes, { show: never, gate, job: job() }),
    });
    await expect(refused).rejects.toThrow('refused');
  });

  it('stop with the job and leave no file', async () => {
    await addNotes([0, 1000]);
    const stopped = new AbortController();
    let count = 0;
    const show: Show = () => {
      count++;
      stopped.abort();
      return Promise.resolve(smallJpeg());
    };
    await expect(save(show, {}, job(stopped.signal))).rejects.toThrow();
    expect(count).toBe(1);
    await expect(readFile(path())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('are refused if the gate doesn’t know them', async () => {
    await addNotes([0]);
    const screenshot = plainJpeg(smallJpeg());
    if (!screenshot) throw new Error('no screenshot');
    const saving = save(() => Promise.resolve('failed'), {
      takeScreenshots: () => Promise.resolve(new Map([['n-0', screenshot]])),
    });
    await expect(saving).rejects.toMatchObject({ code: 'leak-refused' });
    await expect(readFile(path())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the hidden windows of an export', () => {
  const moment: Moment = { id: 'screenshot-1', windowId: '1', atMs: 0 };

  it('answer one request after the other', async () => {
    const port = new FakePort();
    const windows = new HiddenWindows(Object.assign(port, { close: () => undefined }), new AbortController().signal);
    const screenshot = windows.show(moment);
    port.emit('message', { bytes: Uint8Array.of(1) });
    expect(await screenshot).toEqual(Uint8Array.of(1));
    const none = windows.show(moment);
    port.emit('message', { failure: 'no-page' });
    expect(await none).toBe('no-page');
    const page = windows.print('<p>');
    port.emit('message', { failure: 'failed' });
    await expect(page).rejects.toMatchObject({ code: 'pdf-failed' });
    const gone = windows.show(moment);
    port.emit('close');
    expect(await gone).toBe('failed');
    expect(port.got).toEqual([
      { kind: 'screenshot', ...moment },
      { kind: 'screenshot', ...moment },
      { kind: 'print', html: '<p>' },
      { kind: 'screenshot', ...moment },
    ]);
  });

  it('are cancelled with the job, and are absent without a port', async () => {
    const stopped = new AbortController();
    const windows = new HiddenWindows(Object.assign(new FakePort(), { close: () => undefined }), stopped.signal);
    const screenshot = windows.show(moment);
    stopped.abort();
    await expect(screenshot).rejects.toMatchObject({ code: 'cancelled' });
    await expect(windows.print('')).rejects.toMatchObject({ code: 'cancelled' });
    const none = new HiddenWindows(undefined, new AbortController().signal);
    expect(await none.show(moment)).toBe('failed');
    await expect(none.print('')).rejects.toMatchObject({ code: 'pdf-failed' });
  });
});

describe('a report with screenshots, in a browser', () => {
  const { newPage, open } = pagesInBrowser();
  let screenshot: PlainJpeg;
  let report: TimelineDocument;

  beforeAll(async () => {
    const page = await newPage();
    const jpeg = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(960, 600);
      const context = canvas.getContext('2d');
      for (let x = 0; context && x < 960; x += 8) {
        context.fillStyle = `hsl(${x} 60% ${x % 90}%)`;
        context.fillRect(x, x / 3, 300, 40);
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    });
    await page.close();
    const plain = plainJpeg(Uint8Array.from(jpeg));
    if (!plain) throw new Error('not the JPEG of a browser');
    screenshot = plain;
    report = makeDocument(oneOfEachKind(), {
      notes: ['a', 'b', 'c'].map((id, index) => ({ id, atMs: index * 1000, text: `Note ${id}`, tags: ['x'] })),
      screenshots: new Map<string, NoteScreenshot>([
        ['a', screenshot],
        ['b', 'no-page'],
      ]),
    });
  }, 60_000);

  const gateFor = (...known: Uint8Array[]): Gate => {
    const gate = createGate({ texts: ['nothing of the kind'], leaves: [] });
    for (const each of known) gate.allowImage(each);
    return gate;
  };
  const changed = (bytes: Uint8Array, at: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  it.each(['light', 'dark'] as const)('shows them, and can be used by everyone: %s', async (colorScheme) => {
    const page = await open(formatPrinted(report));
    await page.emulateMedia({ colorScheme });
    const image = page.getByRole('img', { name: 'Screenshot of the redacted page at 0:00.000 in “A session”' });
    expect(await image.evaluate((shown) => (shown as HTMLImageElement).naturalWidth)).toBe(screenshot.width);
    expect(await page.getByText('No screenshot: the recording has no page').count()).toBe(1);
    expect(await page.getByText('only the first 2 of 3 notes have a screenshot').count()).toBe(1);
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.close();
    // Control: the page's own policy lets a screenshot be seen only where the report has one.
    const without = formatPrinted({ ...report, screenshots: undefined });
    const blocked = await open(without.replace('</main>', `<img src="${jpegDataUri(screenshot)}"></main>`));
    expect(await blocked.evaluate(() => document.images[0]?.naturalWidth)).toBe(0);
    await blocked.close();
  });

  it('passes the gate only with exactly the known screenshots', () => {
    const bytesOf = (source: string): Uint8Array =>
      Buffer.from(formatPrinted(report).replace(jpegDataUri(screenshot), source));
    const unchanged = bytesOf(jpegDataUri(screenshot));
    expect(() => gateFor(screenshot.bytes)(unchanged, 'report')).not.toThrow();
    expect(() => gateFor()(unchanged, 'report')).toThrow('leak-refused');
    for (const at of [0, 300, screenshot.bytes.length - 3]) {
      const bytes = changed(screenshot.bytes, at);
      expect(() => gateFor(screenshot.bytes)(bytesOf(jpegDataUri({ ...screenshot, bytes })), 'report')).toThrow(
        'leak-refused',
      );
      expect(() => gateFor(bytes)(unchanged, 'report')).toThrow('leak-refused');
    }
    // The same bytes written in a way that has room for more, and another screenshot beside it.
    const odd = jpegDataUri(screenshot).replace(/.{4}$/, '$&AAAA');
    expect(() => gateFor(screenshot.bytes)(bytesOf(odd), 'report')).toThrow('leak-refused');
    const beside = bytesOf(
      `${jpegDataUri(screenshot)}"><img src="${jpegDataUri({ ...screenshot, bytes: smallJpeg() })}`,
    );
    expect(() => gateFor(screenshot.bytes)(beside, 'report')).toThrow('leak-refused');
    // A screenshot that is known opens no other way for what is private.
    const leak = Buffer.from(formatPrinted({ ...report, title: 'nothing of the kind' }));
    expect(() => gateFor(screenshot.bytes)(leak, 'report')).toThrow('leak-refused');
  });

  it('passes the gate as a PDF in the same way', async () => {
    const page = await open(formatPrinted(report));
    const pdf = await page.pdf({ tagged: true, outline: true, printBackground: true });
    await page.close();
    const at = pdf.indexOf(screenshot.bytes);
    expect(at).toBeGreaterThan(0);
    expect(() => gateFor(screenshot.bytes)(pdf, 'pdf')).not.toThrow();
    expect(() => gateFor()(pdf, 'pdf')).toThrow('leak-refused');
    expect(() => gateFor(screenshot.bytes)(changed(pdf, at + 400), 'pdf')).toThrow('leak-refused');
    const gate = createGate({ texts: ['Screenshot of the redacted page at'], leaves: [] });
    gate.allowImage(screenshot.bytes);
    expect(() => gate(pdf, 'pdf')).toThrow('leak-refused');
  });
});
