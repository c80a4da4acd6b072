import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOpenDialog, answerSaveDialog, expect, test } from './casement';
import { waitForReplay } from './steps';

const startedAt = 1_795_441_230_000;

/** A page that shows a typed value percent-encoded, which only the leak gate reads. */
function leakingRecording(): object[] {
  const element = (id: number, tagName: string, childNodes: object[] = []): object => ({
    type: 2,
    id,
    tagName,
    attributes: {},
    childNodes,
  });
  const heading = { type: 3, id: 13, textContent: 'Write to ottoline.v%40brevvimail.example' };
  const body = element(5, 'body', [element(12, 'h2', [heading]), element(14, 'input')]);
  const page = { type: 0, id: 1, childNodes: [element(2, 'html', [element(3, 'head'), body])] };
  const typed = { source: 5, id: 14, text: 'ottoline.v@brevvimail.example', isChecked: false };
  return [
    { type: 4, data: { href: 'https://app.portal.example/orders', width: 1280, height: 800 }, timestamp: startedAt },
    { type: 2, data: { node: page, initialOffset: { top: 0, left: 0 } }, timestamp: startedAt + 20 },
    { type: 3, data: typed, timestamp: startedAt + 200 },
    { type: 3, data: { source: 3, id: 1, x: 0, y: 10 }, timestamp: startedAt + 3000 },
  ];
}

test('an export with private data repairs itself, and the policy can hide it from then on', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  const file = join(desktop.exchange, 'recording.json');
  const path = join(desktop.exchange, 'replay.html');
  await writeFile(file, JSON.stringify(leakingRecording()));
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Open file' }).first().click();
  await waitForReplay(page);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Redaction policy' }).click();
  await page.getByRole('option', { name: /^Readable/ }).click();
  await expect(dialog.getByText('What is hidden')).toBeVisible();
  await dialog.getByText('Replay page', { exact: true }).click();
  await answerSaveDialog(app, path);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('1 value was masked after the check (Text: 1).')).toBeVisible();
  const text = await readFile(path, 'utf8');
  expect(text).toContain('Masked after the check');
  expect(text).not.toContain('brevvimail');

  await dialog.getByRole('button', { name: 'Always hide these values' }).click();
  await expect(dialog.getByText('The policy “readable-own” hides these values from now on.')).toBeVisible();
});
