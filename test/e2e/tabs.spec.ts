import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventType } from '@rrweb/types';
import { answerOpenDialog, expect, test } from './casement';
import { replayedText, waitForReplay } from './steps';

/** Returns the events of a page with one line: Meta, full snapshot, and a later event. */
function pageWith(line: string, atMs: number): object[] {
  const body = { type: 2, tagName: 'body', attributes: {}, id: 4, childNodes: [{ type: 3, textContent: line, id: 5 }] };
  const html = { type: 2, tagName: 'html', attributes: {}, id: 2, childNodes: [body] };
  return [
    { type: EventType.Meta, data: { href: 'https://shop.example/', width: 800, height: 600 }, timestamp: atMs },
    {
      type: EventType.FullSnapshot,
      data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { top: 0, left: 0 } },
      timestamp: atMs + 1,
    },
    { type: EventType.Custom, data: { tag: 'step', payload: {} }, timestamp: atMs + 3000 },
  ];
}

test('each tab of a session has its own replay', async ({ desktop }) => {
  const lines = [
    ...pageWith('The cart', 1_000_000).map((event) => ['tab-one', event]),
    ...pageWith('The invoice', 1_001_000).map((event) => ['tab-two', event]),
  ];
  const file = join(desktop.exchange, 'two-tabs.jsonl');
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'), { mode: 0o644 });
  const { app, page } = await desktop.start();
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Open file' }).first().click();
  await waitForReplay(page);
  await expect.poll(() => replayedText(page)).toContain('The cart');

  await page.getByRole('combobox', { name: 'Tab' }).click();
  await page.getByRole('option').nth(1).click();
  await expect.poll(() => replayedText(page)).toContain('The invoice');
  await page.getByRole('combobox', { name: 'Tab' }).click();
  await page.getByRole('option').first().click();
  await expect.poll(() => replayedText(page)).toContain('The cart');
});
