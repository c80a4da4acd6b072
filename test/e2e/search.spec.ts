import type { ElectronApplication, Page } from '@playwright/test';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Desktop } from './casement';
import { playheadSeconds, replayedText, waitForReplay } from './steps';

const demoFolder = fileURLToPath(new URL('../../resources/demo', import.meta.url));
const fileName = 'harbor-checkout.json.gz';

/** An order number that the demo's page shows from second 5 on, for four seconds. */
const order = 'HG-8805';

/** Starts the app with the demo's recording open, from a file. */
async function openRecording(desktop: Desktop): Promise<{ app: ElectronApplication; page: Page }> {
  const path = join(desktop.exchange, fileName);
  await copyFile(join(demoFolder, fileName), path);
  const started = await desktop.start({ args: [path] });
  await waitForReplay(started.page);
  return started;
}

test('a word on a page is found, and opens the page at that time', async ({ desktop }) => {
  const { page } = await openRecording(desktop);
  await expect.poll(() => replayedText(page)).toContain('Harbor Goods');
  expect(await replayedText(page)).not.toContain(order);

  await page.keyboard.press('Control+k');
  const field = page.getByRole('textbox', { name: 'Search all sessions' });
  await expect(field).toBeFocused();
  await field.pressSequentially(order.toLowerCase());
  const results = page.getByRole('list', { name: 'Results' });
  const moment = results.getByRole('button', { name: new RegExp(`^Text on the page: ${order}`) });
  await expect(moment).toBeVisible();
  await expect(moment.locator('mark')).toHaveText([order]);
  await expect(page.getByText(/^1 session · \d+ ms$/)).toBeVisible();

  // Using only the keyboard: down to the session, down to its match, open.
  await page.keyboard.press('ArrowDown');
  await expect(results.getByRole('button', { name: new RegExp(fileName) }).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(moment).toBeFocused();
  await page.keyboard.press('Enter');
  await waitForReplay(page);
  await expect.poll(() => playheadSeconds(page)).toBe(5);
  await expect.poll(() => replayedText(page)).toContain(order);

  // Going back shows the search unchanged.
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(field).toHaveValue(order.toLowerCase());
  await expect(moment).toBeVisible();
});

test('filters narrow the results; an empty result is reported with a way back', async ({ desktop }) => {
  const { page } = await openRecording(desktop);
  await page.getByRole('button', { name: 'Search all', exact: true }).click();
  const results = page.getByRole('list', { name: 'Results' });
  const session = results.getByRole('button', { name: new RegExp(`^${fileName}`) });
  // Without search terms, all sessions are listed.
  await expect(session).toBeVisible();

  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('button', { name: 'Errors', exact: true }).click();
  await expect(results.getByText('POST /api/checkout returned 502').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Search all sessions' }).fill('checkout 502');
  await expect(results.locator('mark').filter({ hasText: '502' }).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'User' }).fill('nobody@');
  await expect(page.getByText('No results')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(session).toBeVisible();
  await page.getByRole('textbox', { name: 'Search all sessions' }).fill('"502 checkout');
  await expect(page.getByText('No results')).toBeVisible();
});

test('one session can be searched, including its notes', async ({ desktop }) => {
  const { page } = await openRecording(desktop);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note' }).fill('Ask the gateway team.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: `Search in ${fileName}` });
  await field.fill('gatew');
  await expect(page.getByRole('button', { name: /^Note: Ask the gateway team/ })).toBeVisible();
});

test('a damaged index is rebuilt, and the search continues', async ({ desktop }) => {
  const first = await openRecording(desktop);
  await first.page.keyboard.press('Control+k');
  await first.page.getByRole('textbox', { name: 'Search all sessions' }).fill(order);
  await expect(first.page.locator('mark').first()).toBeVisible();
  await first.app.close();

  const vault = join(desktop.home, 'data', 'vault');
  const files = (await readdir(vault, { recursive: true })).filter((name) => name.endsWith('search.db'));
  expect(files).toHaveLength(1);
  for (const name of files) {
    const path = join(vault, name);
    const bytes = await readFile(path);
    for (let at = 5000; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
  }
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Search all', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search all sessions' }).fill(order);
  await expect(page.locator('mark').first()).toBeVisible();
});
