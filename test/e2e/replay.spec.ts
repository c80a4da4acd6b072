import type { ElectronApplication, Page } from '@playwright/test';
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { SegmentCutter } from '../../src-main/core/import/segment-cutter';
import { DomModel } from '../../src-main/core/recording/model/dom-model';
import { resourcePath } from '../helpers/fixtures';
import { answerOpenDialog, expect, test, type Desktop } from './casement';
import { openDemoSession, replayedPage, replayedText, replayFrame, waitForReplay } from './steps';

/** Opens a recording from a file with the open dialog. */
async function openRecording(desktop: Desktop, file: string): Promise<{ app: ElectronApplication; page: Page }> {
  const { app, page } = await desktop.start();
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Open file' }).first().click();
  await waitForReplay(page);
  return { app, page };
}

async function demoFile({ exchange }: Desktop, name: string): Promise<string> {
  const file = join(exchange, name);
  await copyFile(resourcePath(`demo/${name}`), file);
  await chmod(file, 0o644);
  return file;
}

async function writtenFile({ exchange }: Desktop, events: unknown[]): Promise<string> {
  const file = join(exchange, 'written.json');
  await writeFile(file, JSON.stringify(events), { mode: 0o644 });
  return file;
}

/** Returns the start of each segment of a recording, ms from its start, as the import cuts them. */
async function segmentStarts(name: string): Promise<number[]> {
  const events = JSON.parse(gunzipSync(await readFile(resourcePath(`demo/${name}`))).toString()) as RecordedEvent[];
  const starts: number[] = [];
  const model = new DomModel();
  const cutter = new SegmentCutter('', model, ({ segment }) => starts.push(segment.startMs));
  for (const event of events) {
    cutter.add(event, undefined);
    model.apply(event);
  }
  cutter.finish();
  return starts.map((startMs) => startMs - (events[0]?.timestamp ?? 0));
}

/** Returns the visible state of a page: texts, field values and scroll positions. */
async function pageState(page: Page): Promise<unknown> {
  const shown = await replayedPage(page);
  return shown?.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    return {
      text: document.body.innerText,
      fields: all.flatMap((element) =>
        'value' in element ? [[String(element.value), 'checked' in element && element.checked]] : [],
      ),
      scrolled: all.flatMap((element, index) =>
        element.scrollTop > 0 || element.scrollLeft > 0 ? [[index, element.scrollTop, element.scrollLeft]] : [],
      ),
    };
  });
}

const seekCount = (page: Page): Promise<number> =>
  replayFrame(page)?.evaluate(() => performance.getEntriesByName('casement:seek').length) ?? Promise.resolve(0);

/** Runs an action that seeks, and waits until the frame is painted. */
async function seekBy(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await seekCount(page);
  await act();
  await expect.poll(() => seekCount(page)).toBeGreaterThan(before);
}

async function clickBar(page: Page, atMs: number, durationMs: number): Promise<void> {
  const bar = await page.getByRole('slider', { name: 'Position' }).boundingBox();
  if (bar) await page.mouse.click(bar.x + (atMs / durationMs) * bar.width, bar.y + bar.height - 8);
}

/** Returns the time of the last painted frame, ms. */
const paintedMs = async (page: Page): Promise<number> =>
  (await replayFrame(page)?.evaluate(() => {
    const [last] = performance.getEntriesByName('casement:seek').slice(-1) as PerformanceMeasure[];
    return (last?.detail as { atMs: number } | undefined)?.atMs;
  })) ?? NaN;

async function playheadMs(page: Page): Promise<number> {
  return 1000 * Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow'));
}

const long = 'actual-budget-support.json.gz';
const longMs = 42_053;

test('playing across a segment boundary shows the same page as seeking past it', async ({ desktop }) => {
  const starts = await segmentStarts(long);
  const { page } = await openRecording(desktop, await demoFile(desktop, long));
  await page.getByRole('switch', { name: 'Skip idle' }).click();
  // Only boundaries of segments that are long enough to contain the compared moment.
  const edges = starts.filter((startMs, index) => startMs > 1000 && (starts[index + 1] ?? longMs) - startMs > 3000);
  expect(edges.length).toBeGreaterThan(1);
  for (const edgeMs of edges.slice(0, 4)) {
    const compare = (): Promise<void> => seekBy(page, () => clickBar(page, edgeMs + 2500, longMs));
    await seekBy(page, () => clickBar(page, edgeMs - 800, longMs));
    await page.keyboard.press('k');
    await expect.poll(() => playheadMs(page), { intervals: [50] }).toBeGreaterThan(edgeMs);
    await page.keyboard.press('k');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    // First the scene that took over while playing is moved to the moment, then a new one is built for it.
    await compare();
    const played = await pageState(page);
    await seekBy(page, () => page.keyboard.press('0'));
    await compare();
    expect(await pageState(page)).toEqual(played);
  }
});

test('a note on an event that is clicked before the first frame is at the event', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  for (let time = 0; time < 5; time++) {
    await page.getByRole('button', { name: /^Library/ }).click();
    await page.getByRole('list', { name: 'Stored sessions' }).getByRole('button').first().click();
    await page.getByText('Clicked button “Pay now”').first().click();
    await page.keyboard.press('n');
    await expect(page.getByText('Add note at 0:11')).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('seeking back and forth shows the same page each time', async ({ desktop }) => {
  const { page } = await openRecording(desktop, await demoFile(desktop, long));
  const states = new Map<string, unknown>();
  for (const key of ['2', '9', '5', '0', '7', '5', '2', '9', '0', '7']) {
    await seekBy(page, () => page.keyboard.press(key));
    const state = await pageState(page);
    if (states.has(key)) expect(state).toEqual(states.get(key));
    states.set(key, state);
  }
});

test('dragging the seek bar always shows a page, and ends with the right one', async ({ desktop }) => {
  const { page } = await openRecording(desktop, await demoFile(desktop, long));
  const bar = await page.getByRole('slider', { name: 'Position' }).boundingBox();
  if (!bar) throw new Error('no bar');
  const y = bar.y + bar.height - 8;
  await replayFrame(page)?.evaluate(() => {
    const sample = (): void => {
      const shown = document.querySelectorAll<HTMLIFrameElement>('.scene.is-shown iframe');
      const isPage = shown.length === 1 && (shown[0]?.contentDocument?.body?.childElementCount ?? 0) > 0;
      const name = isPage ? 'pages' : 'blanks';
      Reflect.set(window, name, Number(Reflect.get(window, name) ?? 0) + 1);
      requestAnimationFrame(sample);
    };
    sample();
  });
  await page.mouse.move(bar.x + bar.width * 0.1, y);
  await page.mouse.down();
  for (let step = 0; step <= 60; step++) await page.mouse.move(bar.x + bar.width * (0.1 + (step / 60) * 0.8), y);
  await page.mouse.move(bar.x + bar.width / 2, y);
  await page.mouse.up();
  const half = longMs / 2;
  await expect.poll(async () => Math.abs((await paintedMs(page)) - half)).toBeLessThan(longMs / 100);
  const seen = await replayFrame(page)?.evaluate(() => ({
    pages: Number(Reflect.get(window, 'pages') ?? 0),
    blanks: Number(Reflect.get(window, 'blanks') ?? 0),
  }));
  expect(seen?.pages).toBeGreaterThan(5);
  expect(seen?.blanks).toBe(0);
  const dragged = await pageState(page);
  await seekBy(page, () => page.keyboard.press('0'));
  await seekBy(page, () => page.mouse.click(bar.x + bar.width / 2, y));
  expect(await pageState(page)).toEqual(dragged);
});

/** Returns the number of pixels of each colour in a part of the window. */
async function countColours(
  app: ElectronApplication,
  page: Page,
  selector: string,
): Promise<Record<string, number> & { all: number }> {
  const stage = await page.locator('.stage iframe').boundingBox();
  const inStage = await replayFrame(page)?.evaluate((wanted) => {
    const frame = document.querySelector<HTMLIFrameElement>('.scene.is-shown iframe');
    const part = frame?.contentDocument?.querySelector(wanted)?.getBoundingClientRect();
    if (!frame || !part) return undefined;
    const { x, y, width } = frame.getBoundingClientRect();
    const scale = width / frame.clientWidth;
    return { x: x + part.x * scale, y: y + part.y * scale, width: part.width * scale, height: part.height * scale };
  }, selector);
  if (!stage || !inStage) throw new Error('not visible');
  const box = { ...inStage, x: stage.x + inStage.x, y: stage.y + inStage.y };
  const png = (await page.screenshot({ clip: box })).toString('base64');
  return app.evaluate(({ nativeImage }, data) => {
    const pixels = nativeImage.createFromBuffer(Buffer.from(data, 'base64')).toBitmap();
    const counts: Record<string, number> & { all: number } = { all: pixels.length / 4 };
    for (let at = 0; at < pixels.length; at += 4) {
      // Pixels are stored as BGRA.
      const colour = [pixels[at + 2], pixels[at + 1], pixels[at]].map((part) => (part ?? 0) >> 5).join('');
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  }, png);
}

test('canvases show the drawing that was recorded', async ({ desktop }) => {
  const { app, page } = await openRecording(desktop, await demoFile(desktop, 'sb-admin2-multipage-canvas.json.gz'));
  // Seeks to the page with the charts. Its doughnut is blue, green and turquoise.
  for (const key of ['8', '1', '8']) await seekBy(page, () => page.keyboard.press(key));
  const doughnut = '#myPieChart';
  for (const colour of ['236', '064', '156']) {
    await expect
      .poll(async () => {
        const counts = await countColours(app, page, doughnut);
        return (counts[colour] ?? 0) / counts.all;
      })
      .toBeGreaterThan(0.01);
  }
});

const canvasPage = (nodes: unknown[]): unknown[] => [
  { type: 4, data: { href: 'https://a.example/', width: 600, height: 400 }, timestamp: 1000 },
  {
    type: 2,
    data: {
      node: {
        type: 0,
        id: 1,
        childNodes: [
          { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
          {
            type: 2,
            id: 3,
            tagName: 'html',
            attributes: {},
            childNodes: [
              { type: 2, id: 4, tagName: 'head', attributes: {}, childNodes: [] },
              { type: 2, id: 5, tagName: 'body', attributes: {}, childNodes: nodes },
            ],
          },
        ],
      },
      initialOffset: { left: 0, top: 0 },
    },
    timestamp: 1010,
  },
];

test('canvas drawing steps are replayed, and unknown ones are marked', async ({ desktop }) => {
  const canvas = (id: number, name: string) => ({
    type: 2,
    id,
    tagName: 'canvas',
    attributes: { id: name, width: '200', height: '100' },
    childNodes: [],
  });
  const drawn = (id: number, timestamp: number, type: number, ...commands: unknown[]) => ({
    type: 3,
    data: { source: 9, id, type, commands },
    timestamp,
  });
  const paint = (colour: string) => [
    { property: 'fillStyle', args: [colour], setter: true },
    { property: 'fillRect', args: [0, 0, 200, 100] },
  ];
  const file = await writtenFile(desktop, [
    ...canvasPage([canvas(10, 'red'), canvas(11, 'webgl')]),
    drawn(10, 1500, 0, ...paint('#ff0000')),
    drawn(11, 1500, 1, { property: 'clear', args: [16384] }),
    drawn(10, 4000, 0, ...paint('#0000ff')),
    { type: 5, data: { tag: 'end', payload: {} }, timestamp: 6000 },
  ]);
  const { app, page } = await openRecording(desktop, file);
  const share = async (selector: string, colour: string): Promise<number> => {
    const counts = await countColours(app, page, selector);
    return (counts[colour] ?? 0) / counts.all;
  };
  await seekBy(page, () => page.keyboard.press('4'));
  await expect.poll(() => share('#red', '700')).toBeGreaterThan(0.95);
  expect(await share('#webgl', '700')).toBe(0);
  await seekBy(page, () => page.keyboard.press('8'));
  await expect.poll(() => share('#red', '007')).toBeGreaterThan(0.95);
  await seekBy(page, () => page.keyboard.press('4'));
  await expect.poll(() => share('#red', '700')).toBeGreaterThan(0.95);
  const shown = await replayedPage(page);
  const words = await shown?.locator('#webgl').evaluate((element) => getComputedStyle(element, '::before').content);
  expect(words).toContain('can’t be shown');
});

test('a message is shown before the first page of a recording', async ({ desktop }) => {
  const [meta, snapshot] = canvasPage([{ type: 3, id: 10, textContent: 'The first page' }]) as RecordedEvent[];
  const file = await writtenFile(desktop, [
    { type: 5, data: { tag: 'begin', payload: {} }, timestamp: 1000 },
    { ...meta, timestamp: 6000 },
    { ...snapshot, timestamp: 6010 },
    { type: 5, data: { tag: 'end', payload: {} }, timestamp: 11_000 },
  ]);
  const { page } = await openRecording(desktop, file);
  const words = replayFrame(page)?.getByText('Nothing recorded in this tab yet');
  if (!words) throw new Error('no replay');
  await seekBy(page, () => page.keyboard.press('2'));
  await expect(words).toBeVisible();
  await seekBy(page, () => page.keyboard.press('8'));
  await expect(words).toBeHidden();
  await expect.poll(() => replayedText(page)).toContain('The first page');
});

test('a page and its elements are scrolled to their recorded positions', async ({ desktop }) => {
  const tall = (id: number, name: string, attributes: object, childNodes: unknown[]) => ({
    type: 2,
    id,
    tagName: 'div',
    attributes: { id: name, ...attributes },
    childNodes,
  });
  const inner = tall(11, 'inner', { style: 'height: 2000px' }, []);
  const box = tall(10, 'box', { style: 'height: 200px; overflow: auto', rr_scrollTop: 40 }, [inner]);
  const [meta, snapshot] = canvasPage([box, tall(12, 'rest', { style: 'height: 3000px' }, [])]) as RecordedEvent[];
  Object.assign(snapshot?.data as object, { initialOffset: { left: 0, top: 150 } });
  const scroll = (id: number, y: number, timestamp: number) => ({
    type: 3,
    data: { source: 3, id, x: 0, y },
    timestamp,
  });
  const end = { type: 5, data: { tag: 'end', payload: {} }, timestamp: 11_000 };
  const file = await writtenFile(desktop, [meta, snapshot, scroll(1, 700, 4000), scroll(10, 300, 8000), end]);
  const { page } = await openRecording(desktop, file);
  const positions = async (): Promise<unknown> =>
    (await replayedPage(page))?.evaluate(() => [window.scrollY, document.getElementById('box')?.scrollTop]);
  await expect.poll(positions).toEqual([150, 40]);
  // Seeking backwards builds a new page; seeking forwards continues the current one.
  for (const [key, expected] of [
    ['5', [700, 40]],
    ['9', [700, 300]],
    ['2', [150, 40]],
    ['9', [700, 300]],
    ['5', [700, 40]],
  ] as const) {
    await seekBy(page, () => page.keyboard.press(key));
    await expect.poll(positions).toEqual(expected);
  }
});

test('the replay follows the app from light to dark', async ({ desktop }) => {
  const { page } = await openRecording(desktop, await demoFile(desktop, 'harbor-checkout.json.gz'));
  const scheme = (): Promise<string> | undefined =>
    replayFrame(page)?.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(scheme).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(scheme).toBe('dark');
});
