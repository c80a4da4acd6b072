import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resourcePath } from '../helpers/fixtures';
import { expect, test, type Desktop } from './casement';
import { dropFiles, replayedText, waitForReplay } from './steps';

async function demoFile({ exchange }: Desktop, name: string): Promise<string> {
  const file = join(exchange, name);
  await copyFile(resourcePath(`demo/${name}`), file);
  await chmod(file, 0o644);
  return file;
}

test('files dropped on the window are opened, and those that aren’t recordings are reported', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  const harbor = await demoFile(desktop, 'harbor-checkout.json.gz');
  await dropFiles(app, page, [harbor]);
  await waitForReplay(page);
  await expect.poll(() => replayedText(page)).toContain('Harbor Goods');

  const none = join(desktop.exchange, 'notes.txt');
  await writeFile(none, 'buy milk', { mode: 0o644 });
  const budget = await demoFile(desktop, 'actual-budget-support.json.gz');
  await dropFiles(app, page, [none, budget]);
  await expect(page.getByRole('dialog', { name: 'Files imported' })).toContainText('Not recordings, skipped');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Library 2' })).toBeVisible();

  await dropFiles(app, page, [none]);
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(/recording/i);
});

test('a drop event made by a page opens nothing', async ({ desktop }) => {
  const { page } = await desktop.start();
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  const answered = await page.evaluate(async () => {
    const data = new DataTransfer();
    data.items.add(new File(['[]'], '/etc/hostname'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data }));
    return window.casement.requests['session.open-dropped']({ jobId: 'job-made-up' });
  });
  expect(answered).toEqual({ ok: true, value: null });
});
