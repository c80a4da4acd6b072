import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import { answerOpenDialog, answerSaveDialog, expect, test } from './casement';
import { plantedRecordings } from '../helpers/planted-values';
import { openDemoSession, openSink, replayedText, waitForReplay } from './steps';

const session = 'Recorded session';
const planted = plantedRecordings.find(({ file }) => file.includes('harbor'))?.values ?? [];
const secrets = planted.filter((value) => value.length >= 5);

async function addNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note', exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Events' }).getByText(text)).toBeVisible();
}

/** Opens the export dialog and waits for its preview. Returns it and its switch for screenshots. */
async function openExport(page: Page): Promise<{ dialog: Locator; screenshotSwitch: Locator }> {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('What is hidden')).toBeVisible();
  return { dialog, screenshotSwitch: dialog.getByRole('switch', { name: 'Include screenshots with notes' }) };
}

/** Records the text of each page when its screenshot is taken. Returns a function that reads the texts. */
async function recordScreenshotTexts(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ app: electron }) => {
    const texts: string[] = [];
    Object.assign(globalThis, { screenshotTexts: texts });
    electron.on('web-contents-created', (_event, contents) => {
      const { debugger: commands } = contents;
      const send = commands.sendCommand.bind(commands);
      const shown = "document.querySelector('.scene.is-shown iframe').contentDocument.body.innerText";
      commands.sendCommand = async (name, params): Promise<unknown> => {
        texts.push((await contents.executeJavaScript(shown)) as string);
        return (await send(name, params)) as unknown;
      };
    });
  });
  return () => app.evaluate(() => (globalThis as unknown as { screenshotTexts: string[] }).screenshotTexts);
}

/** Returns the number of colours of each image. A page that isn't painted yet has one. Runs in a page. */
function coloursOf(images: readonly unknown[]): number[] {
  return images.map((image) => {
    const { naturalWidth, naturalHeight } = image as HTMLImageElement;
    const context = new OffscreenCanvas(naturalWidth, naturalHeight).getContext('2d');
    context?.drawImage(image as HTMLImageElement, 0, 0);
    const { buffer } = context?.getImageData(0, 0, naturalWidth, naturalHeight).data ?? new Uint8ClampedArray();
    return new Set(new Uint32Array(buffer)).size;
  });
}

test('a report shows the redacted page at each note, as a page and as a PDF', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.getByRole('button', { name: /Clicked button “Confirm order” 5 times/ }).click();
  await addNote(page, 'The button does nothing.');
  await page.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('End');
  await addNote(page, 'Here it ends.');
  const original = await replayedText(page);
  const readTexts = await recordScreenshotTexts(app);

  const { dialog, screenshotSwitch } = await openExport(page);
  await expect(screenshotSwitch).not.toBeChecked();
  await screenshotSwitch.click();
  await page.screenshot({ path: test.info().outputPath('dialog.png') });
  const save = async (name: string, path: string): Promise<void> => {
    await answerSaveDialog(app, path);
    await dialog.getByText(name, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'Export again' }).click();
  };
  const report = join(desktop.exchange, 'report.html');
  const pdf = join(desktop.exchange, 'report.pdf');
  await save('Report', report);
  await save('PDF', pdf);
  await save('Markdown', join(desktop.exchange, 'report.md'));
  await page.keyboard.press('Escape');

  // The screenshots show the redacted page; the app's own replay shows the original.
  const texts = await readTexts();
  expect(texts).toHaveLength(4);
  expect(texts[0]).toContain('Confirm order');
  for (const text of texts) {
    expect(text).toContain('•••');
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  expect(secrets.some((secret) => original.includes(secret))).toBe(true);

  chmodSync(report, 0o644);
  const browser = await launchChromium();
  try {
    const reader = await browser.context.newPage();
    await reader.goto(pathToFileURL(report).href);
    const images = reader.locator('#notes + .scroll img');
    await expect(images).toHaveCount(2);
    const sizes = await images.evaluateAll((all) =>
      all.map((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]),
    );
    for (const [width = 0, height = 0] of sizes) expect(Math.min(width, height)).toBeGreaterThan(200);
    for (const [width = 0, height = 0] of sizes) expect(Math.max(width, height)).toBeLessThanOrEqual(960);
    const moment = await reader.locator('#notes + .scroll tbody').first().locator('time').first().textContent();
    expect(moment).toMatch(/^0:1\d\.\d{3}$/);
    expect(await images.first().getAttribute('alt')).toBe(
      `Screenshot of the redacted page at ${moment} in “${session}”`,
    );
    await reader.screenshot({ path: test.info().outputPath('report.png'), fullPage: true });
    await reader.emulateMedia({ colorScheme: 'dark' });
    await reader.screenshot({ path: test.info().outputPath('report-dark.png'), fullPage: true });

    for (const colours of await images.evaluateAll(coloursOf)) expect(colours).toBeGreaterThan(20);

    // In a PDF they are still JPEGs, which the gate recognizes by their bytes.
    const printed = readFileSync(pdf, 'latin1');
    await test.info().attach('report.pdf', { path: pdf, contentType: 'application/pdf' });
    expect(printed.match(/\/Subtype \/Image\s[^>]*\/Filter \/DCTDecode/g)).toHaveLength(2);
    expect(printed.match(/\/Subtype \/Image/g)).toHaveLength(2);
  } finally {
    await browser.close();
  }
});

test('screenshots are taken in a hidden sandboxed window; failures are reported, and all can be cancelled', async ({
  desktop,
}) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.getByRole('button', { name: /Clicked button “Confirm order” 5 times/ }).click();
  await addNote(page, 'The button does nothing.');
  const { dialog, screenshotSwitch } = await openExport(page);
  await screenshotSwitch.click();
  const path = join(desktop.exchange, 'report.html');
  await answerSaveDialog(app, path);
  const save = dialog.getByRole('button', { name: 'Save', exact: true });
  const windows = (): Promise<number> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

  // The renderer dies while the screenshot is taken.
  const { url, hits } = await openSink(app);
  await app.evaluate(({ app: electron, BrowserWindow }, target) => {
    electron.once('web-contents-created', (_event, contents) => {
      contents.debugger.sendCommand = async (): Promise<unknown> => {
        const found: unknown = await contents.executeJavaScript(
          `(async () => [
            'casement' in window, 'require' in window, 'process' in window,
            await fetch('${target}').then(() => true, () => false),
            window.open('${target}') !== null,
          ])()`,
        );
        const seen = {
          url: contents.getURL().replace(/-[0-9a-f]+/, '-id'),
          status: process.getBuiltinModule('node:fs').readFileSync(`/proc/${contents.getOSProcessId()}/status`, 'utf8'),
          isVisible: BrowserWindow.fromWebContents(contents)?.isVisible(),
          open: found,
        };
        Object.assign(globalThis, { seen });
        contents.forcefullyCrashRenderer();
        return new Promise(() => undefined);
      };
    });
  }, url);
  await save.click();
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
  const seen = await app.evaluate(() => (globalThis as unknown as { seen: unknown }).seen);
  expect(seen).toMatchObject({
    url: 'replay://screenshot-id/replay.html',
    isVisible: false,
    status: expect.stringMatching(/^Seccomp:\s*2$/m),
    open: [false, false, false, false, false],
  });
  expect(await hits()).toBe(0);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('No screenshot: it could not be taken.');
  expect(text).not.toContain('<img');
  expect(await windows()).toBe(1);

  // The screenshot is never taken, and the user cancels.
  await dialog.getByRole('button', { name: 'Export again' }).click();
  await answerSaveDialog(app, join(desktop.exchange, 'stopped.html'));
  await app.evaluate(({ app: electron }) => {
    electron.once('web-contents-created', (_event, contents) => {
      contents.debugger.sendCommand = (): Promise<unknown> => new Promise(() => undefined);
    });
  });
  await save.click();
  await expect(dialog.getByText('Taking screenshots · 0 of 1')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(save).toBeEnabled();
  await expect.poll(windows).toBe(1);
  expect(existsSync(join(desktop.exchange, 'stopped.html'))).toBe(false);
});

test('a screenshot has its page’s aspect ratio, and the report says when there was no page yet', async ({
  desktop,
}) => {
  const text = { type: 3, id: 5, textContent: 'Save' };
  const body = { type: 2, tagName: 'body', attributes: {}, id: 4, childNodes: [text] };
  const html = { type: 2, tagName: 'html', attributes: {}, id: 2, childNodes: [body] };
  const phone = { href: 'https://shop.example/', width: 390, height: 844 };
  const events = [
    { type: 5, data: { tag: 'begin', payload: {} }, timestamp: 1000 },
    { type: 4, data: phone, timestamp: 6000 },
    {
      type: 2,
      data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { top: 0, left: 0 } },
      timestamp: 6010,
    },
    { type: 5, data: { tag: 'end', payload: {} }, timestamp: 11_000 },
  ];
  const file = join(desktop.exchange, 'phone.json');
  writeFileSync(file, JSON.stringify(events), { mode: 0o644 });
  const { app, page } = await desktop.start();
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Open file' }).first().click();
  await waitForReplay(page);
  await page.keyboard.press('2');
  await addNote(page, 'Nothing yet.');
  await page.keyboard.press('8');
  await addNote(page, 'There it is.');

  const { dialog, screenshotSwitch } = await openExport(page);
  await screenshotSwitch.click();
  const report = join(desktop.exchange, 'report.html');
  await answerSaveDialog(app, report);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
  const saved = readFileSync(report, 'utf8');
  expect(saved.match(/No screenshot: the recording has no page/g)).toHaveLength(1);
  expect(saved.match(/<img [^>]*width="442" height="960">/g)).toHaveLength(1);
  expect(saved.indexOf('No screenshot')).toBeLessThan(saved.indexOf('<img '));
});
