import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './casement';

const secret = 'hunter2 of jane@example.com';

test('unexpected errors are logged without their messages, can be copied and cleared', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  const settings = page.getByRole('button', { name: 'Settings' });
  const section = page.getByRole('region', { name: 'Diagnostics' });
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await settings.click();
  await expect(section.getByText('No errors have been logged.')).toBeVisible();
  await page.keyboard.press('Escape');

  await app.evaluate(({ dialog }, message) => {
    dialog.showOpenDialog = () => Promise.reject(new TypeError(message));
  }, secret);
  await page
    .getByRole('button', { name: /^Open file/ })
    .first()
    .click();
  await page.evaluate((message) => {
    setTimeout(() => {
      throw new RangeError(message);
    });
  }, secret);

  const file = join(desktop.home, 'data', 'bugs.json');
  const log = (): string => readFileSync(file, 'utf8');
  await expect.poll(log).toContain('RangeError');
  await settings.click();
  const entries = section.getByRole('list', { name: 'Logged errors' }).getByRole('listitem');
  await expect(entries.filter({ hasText: 'RangeError' })).toContainText('Window');
  await expect(entries.filter({ hasText: 'TypeError' })).toContainText('Main process');
  await expect(section).not.toContainText('hunter2');

  await section.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Diagnostics copied')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('main: TypeError');
  for (const text of [copied, log()]) expect(text).not.toMatch(/hunter2|jane|example\.com/);

  await section.getByRole('button', { name: 'Clear diagnostics' }).click();
  await expect(section.getByText('No errors have been logged.')).toBeVisible();
});
