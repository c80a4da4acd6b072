import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parseCsv } from '../helpers/parse-csv';
import { answerSaveDialog, expect, test } from './casement';
import { demoUser, searchDemoUser } from './steps';

/** Creates a case with the three sessions of the demo's user, and opens its export. */
async function openCaseExport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await page.getByRole('button', { name: 'Download all' }).click();
  await expect(page.getByText('3 sessions are in your library.')).toBeVisible();
  await page.getByRole('button', { name: /^Cases/ }).click();
  await page.getByRole('button', { name: 'New case' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Payments fail with 502');
  await page.getByRole('button', { name: 'Create' }).click();
  const sessions = page.getByRole('region', { name: 'Sessions', exact: true });
  for (let count = 1; count <= 3; count++) {
    await page.getByRole('combobox', { name: 'Add session' }).selectOption({ index: 1 });
    await expect(sessions.getByRole('listitem')).toHaveCount(count);
  }
  await page.getByRole('textbox', { name: 'Description' }).fill(`Reported by ${demoUser}.`);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
}

interface Line {
  session: number;
  /** In ms. */
  at: number;
  text: string;
}

const isSorted = (lines: readonly Line[]): boolean =>
  lines.every(({ at }, index) => at >= (lines[index - 1]?.at ?? -Infinity));
const sessionsOf = (lines: readonly Line[]): number[] => [...new Set(lines.map(({ session }) => session))].sort();

test('a case is exported as its merged timeline, with and without the clock', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openCaseExport(page);
  const dialog = page.getByRole('dialog', { name: 'Export case' });
  const preview = dialog.getByRole('list', { name: 'Preview of the export' });

  async function save(format: string, ending: string): Promise<Buffer> {
    const path = join(desktop.exchange, `case-${format}.${ending}`);
    await answerSaveDialog(app, path);
    await dialog.getByText(format, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByRole('heading', { name: 'Saved' }).waitFor();
    await dialog.getByRole('button', { name: 'Export again' }).click();
    const bytes = await readFile(path);
    for (const secret of [demoUser, 'Priya', 'Reported by'])
      expect(bytes.toString().includes(secret), `${format} contains ${secret}`).toBe(false);
    return bytes;
  }
  async function readJson(format: string, read: (line: never) => Line): Promise<Line[]> {
    const lines = (await save(format, 'jsonl')).toString().trim().split('\n');
    return lines.map((line) => read(JSON.parse(line) as never));
  }
  const readOcsf = (): Promise<Line[]> =>
    readJson(
      'OCSF',
      ({ time, message, unmapped }: { time: number; message: string; unmapped: { session: number } }) => ({
        session: unmapped.session,
        at: time,
        text: message,
      }),
    );

  // The order is that of the clock under both policies, and only one of them reveals the date.
  await expect(preview.getByText(/^Session \d$/).first()).toBeVisible();
  await dialog.screenshot({ path: test.info().outputPath('relative.png') });
  const hidden = await readOcsf();
  expect(new Date(hidden[0]?.at ?? 0).getUTCFullYear()).toBe(2000);
  await dialog.getByRole('combobox', { name: 'Redaction policy' }).click();
  await page.getByRole('option', { name: 'Incident' }).click();
  await expect(preview.getByText(/^Session \d$/).first()).toBeVisible();
  await dialog.screenshot({ path: test.info().outputPath('incident.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await dialog.screenshot({ path: test.info().outputPath('incident-dark.png') });
  const clocked = await readOcsf();
  expect(new Date(clocked[0]?.at ?? 0).getUTCFullYear()).toBeGreaterThan(2020);
  for (const lines of [hidden, clocked]) {
    expect(isSorted(lines)).toBe(true);
    expect(sessionsOf(lines)).toEqual([1, 2, 3]);
    expect(lines.some(({ text }) => text.includes('POST /api/checkout returned 502'))).toBe(true);
  }
  const distance = (lines: Line[]): number => (lines.at(-1)?.at ?? 0) - (lines[0]?.at ?? 0);
  expect(distance(hidden)).toBe(distance(clocked));
  expect(hidden.map(({ session }) => session)).toEqual(clocked.map(({ session }) => session));

  const timesketch = await readJson(
    'Timesketch JSONL',
    ({ session, timestamp, message }: { session: number; timestamp: number; message: string }) => ({
      session,
      at: timestamp / 1000,
      text: message,
    }),
  );
  expect(timesketch).toEqual(clocked);

  const [head = [], ...rows] = parseCsv((await save('CSV', 'csv')).toString());
  const cell = (row: string[], name: string): string => row[head.indexOf(name)] ?? '';
  const csv = rows.map((row) => ({
    session: Number(cell(row, 'session')),
    at: Date.parse(cell(row, 'datetime')),
    text: cell(row, 'event'),
  }));
  expect(csv.map(({ session, at }) => [session, at])).toEqual(clocked.map(({ session, at }) => [session, at]));

  expect((await save('PDF', 'pdf')).toString('latin1', 0, 5)).toBe('%PDF-');
  await dialog.getByRole('button', { name: 'Copy for GitHub' }).click();
  await expect(dialog.getByText('Copied for GitHub:')).toBeVisible();
  const ticket = await app.evaluate((electron) => electron.clipboard.readText());
  expect(ticket).toMatch(/# Payments fail with 502[\s\S]*\| Session \|/);
});
