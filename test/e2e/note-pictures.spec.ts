import type { ElectronApplication, Page } from '@playwright/test';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import { answerSaveDialog, expect, test } from './casement';
import { plantedRecordings } from '../helpers/planted';
import { openDemoSession, replayedText } from './steps';

const session = 'Recorded session';
const planted = plantedRecordings.find(({ file }) => file.includes('harbor'))?.values ?? [];
const secrets = planted.filter((value) => value.length >= 5);

async function addNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note', exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Events' }).getByText(text)).toBeVisible();
}

/** From now on keeps the text of each page at the moment at which a picture is taken of it. */
async function hearPictures(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ app: electron }) => {
    const texts: string[] = [];
    Object.assign(globalThis, { picturedTexts: texts });
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
  return () => app.evaluate(() => (globalThis as unknown as { picturedTexts: string[] }).picturedTexts);
}

/** How many different colours each picture has: a page that isn't drawn yet has one. Runs in a page. */
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
  const pictured = await hearPictures(app);

  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('What is hidden')).toBeVisible();
  const pictures = dialog.getByRole('switch', { name: 'Pictures at the notes' });
  await expect(pictures).not.toBeChecked();
  await pictures.click();
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

  // What was drawn is the page after its redaction; the app's own replay has the page before.
  const texts = await pictured();
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
    expect(await images.first().getAttribute('alt')).toBe(`The redacted page at ${moment} of “${session}”`);
    await reader.screenshot({ path: test.info().outputPath('report.png'), fullPage: true });
    await reader.emulateMedia({ colorScheme: 'dark' });
    await reader.screenshot({ path: test.info().outputPath('report-dark.png'), fullPage: true });

    for (const colours of await images.evaluateAll(coloursOf)) expect(colours).toBeGreaterThan(20);

    // The PDF holds the same pictures, byte for byte, and nothing that isn't one of them.
    const printed = readFileSync(pdf);
    await test.info().attach('report.pdf', { body: printed, contentType: 'application/pdf' });
    const sources = await images.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src));
    expect(printed.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(sources.length);
    for (const source of sources) {
      expect(source).toMatch(/^data:image\/jpeg;base64,/);
      expect(printed.includes(Buffer.from(source.split(',')[1] ?? '', 'base64'))).toBe(true);
    }
  } finally {
    await browser.close();
  }
});
