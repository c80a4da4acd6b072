import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { resourcePath } from '../helpers/fixtures';
import { tinyRecording } from '../helpers/recordings';
import { answerOpenDialog, expect, test } from './casement';
import { dropFiles, waitForReplay } from './steps';

/** Creates a folder with recordings and other files, readable by the app's user. Returns its path. */
async function fillFolder(exchange: string): Promise<string> {
  const folder = join(exchange, 'recordings');
  await mkdir(join(folder, 'tuesday'), { recursive: true });
  const tiny = JSON.stringify(tinyRecording().map(({ event }) => event));
  await copyFile(resourcePath('demo/harbor-checkout.json.gz'), join(folder, 'harbor-checkout.json.gz'));
  await chmod(join(folder, 'harbor-checkout.json.gz'), 0o644);
  const files = { 'tuesday/tiny.json': tiny, 'tuesday/cut.json': tiny.slice(0, 40), 'notes.txt': 'buy milk' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o644 });
  for (const path of [folder, join(folder, 'tuesday')]) await chmod(path, 0o755);
  return folder;
}

const counted = (page: Page, what: string) =>
  page.getByRole('dialog').locator('dl > div', { hasText: what }).locator('dd');

test('a folder is imported by dialog and by drop, with a summary', async ({ desktop }) => {
  const folder = await fillFolder(desktop.exchange);
  const { app, page } = await desktop.start();
  await answerOpenDialog(app, folder);
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('welcome.png') });
  await page.getByRole('button', { name: 'Open folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Files imported' });
  await expect(dialog).toBeVisible();
  await expect(counted(page, 'Imported')).toHaveText('2');
  await expect(counted(page, 'Not recordings')).toHaveText('1');
  await expect(dialog.getByRole('listitem')).toHaveText([/cut\.json.*The recording is incomplete/s]);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: test.info().outputPath(`folder-${theme}.png`) });
  }
  await dialog.getByRole('button', { name: 'Open first session' }).click();
  await waitForReplay(page);
  await expect(page.getByRole('button', { name: 'Library 2' })).toBeVisible();

  await dropFiles(app, page, [folder, join(folder, 'notes.txt')]);
  await expect(page.getByRole('dialog', { name: 'No new files imported' })).toBeVisible();
  await expect(counted(page, 'Already in your library')).toHaveText('2');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

  const empty = join(desktop.exchange, 'empty');
  await mkdir(empty, { mode: 0o755 });
  await dropFiles(app, page, [empty]);
  await expect(page.getByRole('dialog', { name: 'No files found' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Library 2' })).toBeVisible();
});
