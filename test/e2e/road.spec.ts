import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from '../../src-main/contract/verdict';
import { openCase } from '../../src-main/node/case-archive/read-case';
import { plantedRecordings, writtenForms } from '../helpers/planted';
import { answerSaveDialog, expect, test } from './casement';
import {
  demoUser,
  openDemoSession,
  openFoundSession,
  openStoredSession,
  playheadSeconds,
  replayedText,
  searchDemoUser,
  waitForReplay,
} from './steps';

const planted = plantedRecordings.find(({ file }) => file.includes('harbor'))?.values ?? [];
const secrets = planted.filter((value) => value.length >= 5);

test('the first run offers three ways in, and says where keys are kept', async ({ desktop }) => {
  const { page } = await desktop.start();
  for (const name of ['Try the demo', 'Add a source', 'Open a file']) {
    await expect(page.getByRole('button', { name }).first()).toBeVisible();
  }
  await expect(page.getByText('Keys are kept in this computer’s keychain.')).toBeVisible();
});

test('a session is found by its user’s email, pulled over TLS and replayed', async ({ desktop }) => {
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(page.getByText('Key in the keychain')).toBeVisible();
  await expect(page.getByText(/^https:\/\/localhost:\d+/).first()).toBeVisible();

  await page.getByRole('textbox', { name: 'User email' }).fill('nobody@example.com');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('No sessions for “nobody@example.com”')).toBeVisible();

  await searchDemoUser(page);
  await openFoundSession(page);
  await expect.poll(() => replayedText(page)).toContain('Harbor Goods');
});

test('the replay plays, pauses, seeks and changes speed; the event list follows and seeks', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);

  const confirm = page.getByRole('button', { name: /Clicked button “Confirm order” 5 times/ });
  await confirm.click();
  await expect.poll(() => playheadSeconds(page)).toBe(16);
  await expect(confirm).toHaveAttribute('aria-current', 'time');
  await expect.poll(() => replayedText(page)).toContain('Confirm order');

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(() => playheadSeconds(page)).toBeGreaterThan(17);
  await expect(confirm).not.toHaveAttribute('aria-current', 'time');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await waitForReplay(page);

  await page.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => playheadSeconds(page)).toBe(0);
  await page.keyboard.press('5');
  await expect.poll(() => playheadSeconds(page)).toBe(17);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => playheadSeconds(page)).toBe(12);

  // Idle time is skipped while playing: at 16 times the speed, the end comes all the same.
  await page.keyboard.press('9');
  for (let step = 0; step < 4; step++) await page.keyboard.press('>');
  await page.keyboard.press('Space');
  await expect.poll(() => playheadSeconds(page)).toBeGreaterThanOrEqual(32);
});

test('what a user did and what failed is in the event list', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  for (const text of [
    'Opened 127.0.0.1:4110/',
    'Clicked button “Pay now”',
    'Changed field “Card number”',
    'POST /api/checkout answered 502',
    'Clicked button “Confirm order” 5 times',
    'checkout failed 502',
  ]) {
    await page.getByRole('textbox', { name: 'Search the events' }).fill(text);
    await expect(page.getByRole('complementary', { name: 'Events' }).getByText(text).first()).toBeVisible();
  }
});

test('a note is added, changed, and brought back after it was removed', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  await page.keyboard.press('5');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note' }).fill('The page is silent here.');
  await page.keyboard.press('Enter');
  const note = page.getByRole('complementary', { name: 'Events' }).getByText('The page is silent here.');
  await expect(note).toBeVisible();

  await note.hover();
  await page.getByRole('button', { name: /^Edit note/ }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('The page says nothing.');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Events' }).getByText('The page says nothing.').hover();
  await page.getByRole('button', { name: /^Remove note/ }).click();
  await expect(page.getByText('The note was removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('complementary', { name: 'Events' }).getByText('The page says nothing.')).toBeVisible();
});

test('the export shows what it will say, saves every format, and leaks nothing', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('What is hidden')).toBeVisible();
  await expect(dialog.getByText('Private by default')).toBeVisible();
  const preview = dialog.getByLabel('Preview of the export');
  await expect(preview.getByText('Clicked button “Add” in “Item •••”').first()).toBeVisible();

  const formats = { Markdown: 'md', HTML: 'html', CSV: 'csv', 'JSON Lines': 'jsonl', 'Case file': 'casement' };
  for (const [name, ending] of Object.entries(formats)) {
    const path = join(desktop.exchange, `export.${ending}`);
    await answerSaveDialog(app, path);
    await dialog.getByText(name, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    const bytes = await readFile(path);
    const texts = [bytes.toString(ending === 'casement' ? 'latin1' : 'utf8')];
    if (ending === 'casement') {
      const opened = await openCase(path);
      // By the user's own key, which nobody else has given a name to.
      const verification = await opened.verify();
      expect(verification.verdict).toBe('signed');
      expect(judge(verification, [])).toEqual({ verdict: 'unknown' });
      for (const { path: entry } of opened.manifest.resources) texts.push((await opened.read(entry)).toString());
      opened.close();
    } else {
      expect(texts[0]).toContain('POST /api/checkout answered 502');
    }
    for (const text of texts) {
      for (const [index, value] of secrets.entries()) {
        const leaks = writtenForms(value).filter(({ pattern }) => pattern.test(text));
        expect(leaks.map(({ form }) => `${name}: planted value ${index}, ${form}`)).toEqual([]);
      }
    }
    if (ending !== 'casement') await dialog.getByRole('button', { name: 'Export again' }).click();
  }
});

test('a note that repeats something private keeps the export from being written', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note' }).fill(`Call ${demoUser} back.`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Events' }).getByText('Call')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByText('What is hidden')).toBeVisible();
  const path = join(desktop.exchange, 'leak.md');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The export was refused').first()).toBeVisible();
  await expect(page.getByText(/Change the note, or leave the notes out/)).toBeVisible();
  await expect(readFile(path)).rejects.toThrow();

  // Leaving the notes out closes that channel.
  await page.getByRole('switch', { name: 'Include my notes' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('what was pulled is still there at the next start, and can be searched again', async ({ desktop }) => {
  const first = await desktop.start();
  await openDemoSession(first.page);
  await first.app.close();

  const { page } = await desktop.start();
  await openStoredSession(page);

  // The demo's server comes back with its CA and still knows the key that lies in the keychain.
  await page.getByRole('button', { name: /^Demo/ }).click();
  await searchDemoUser(page);
});
