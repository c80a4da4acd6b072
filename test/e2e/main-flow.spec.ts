import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from '../../src-main/contract/shared/verdict';
import { openCase } from '../../src-main/node/case-archive/read-case';
import { nothingOwn } from '../../src-main/node/gate/own';
import { readParts } from '../../src-main/node/gate/read-parts';
import { inMemory } from '../../src-main/node/gate/source';
import { plantedRecordings, valueForms } from '../helpers/planted-values';
import { SeededRandom } from '../helpers/seeded-random';
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

test('the first run offers three ways to start, and says where keys are stored', async ({ desktop }) => {
  const { page } = await desktop.start();
  for (const name of ['Try the demo', 'Add source', 'Open file']) {
    await expect(page.getByRole('button', { name }).first()).toBeVisible();
  }
  await expect(page.getByText('Keys are stored in this computer’s keychain.')).toBeVisible();
});

test('a session is found by its user’s email, pulled over TLS and replayed', async ({ desktop }) => {
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(page.getByText('Key in keychain')).toBeVisible();
  await expect(page.getByText(/^https:\/\/localhost:\d+/).first()).toBeVisible();

  await page.getByRole('textbox', { name: 'Search this source' }).fill('nobody@example.com');
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

  // Idle time is skipped while playing; at 16 times the speed, the replay still reaches its end.
  await page.keyboard.press('9');
  for (let step = 0; step < 4; step++) await page.keyboard.press('>');
  await page.keyboard.press('Space');
  await expect.poll(() => playheadSeconds(page)).toBeGreaterThanOrEqual(32);
});

test('the user’s actions and failures are in the event list', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  for (const text of [
    'Opened 127.0.0.1:4110/',
    'Clicked button “Pay now”',
    'Changed field “Card number”',
    'POST /api/checkout returned 502',
    'Clicked button “Confirm order” 5 times',
    'checkout failed 502',
  ]) {
    await page.getByRole('textbox', { name: 'Search events' }).fill(text);
    await expect(page.getByRole('complementary', { name: 'Events' }).getByText(text).first()).toBeVisible();
  }
});

test('a note is added, changed, and restored after it was removed', async ({ desktop }) => {
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

test('the export is previewed, saved in every format, and leaks nothing', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('What is hidden')).toBeVisible();
  await expect(dialog.getByText('Private by default')).toBeVisible();
  const preview = dialog.getByLabel('Preview of the export');
  await expect(preview.getByText('Clicked button “Add” in “Item •••”').first()).toBeVisible();

  for (const [name, extension] of testedFormats()) {
    const path = join(desktop.exchange, `export.${extension}`);
    await answerSaveDialog(app, path);
    await dialog.getByText(name, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    const texts = await textsOf(path, extension);
    if (extension !== 'casement')
      expect(texts.some((text) => text.includes('POST /api/checkout returned 502'))).toBe(true);
    for (const text of texts) expect(leaksIn(text).map((leak) => `${name}: ${leak}`)).toEqual([]);
    await dialog.getByRole('button', { name: 'Export again' }).click();
  }
});

/** Every format of the dialog, with its file extension. */
const extensions = {
  Report: 'html',
  PDF: 'pdf',
  'Replay page': 'html',
  Markdown: 'md',
  Jira: 'txt',
  Zendesk: 'md',
  'Timesketch CSV': 'csv',
  'Timesketch JSONL': 'jsonl',
  l2tcsv: 'csv',
  'Elastic ECS': 'ndjson',
  OCSF: 'jsonl',
  STIX: 'json',
  OTLP: 'json',
  CSV: 'csv',
  'JSON Lines': 'jsonl',
  'Case file': 'casement',
} as const;

const alwaysTested = ['Report', 'PDF', 'Markdown', 'Case file'];

/** Adds some other formats at random. `CASEMENT_FORMATS=all` returns all; `CASEMENT_SEED` repeats a choice. */
function testedFormats(): [string, string][] {
  const all = Object.entries(extensions);
  if (process.env.CASEMENT_FORMATS === 'all') return all;
  const seed = Number(process.env.CASEMENT_SEED ?? Date.now() % 1_000_000);
  console.log(`formats seed ${seed}`);
  const random = new SeededRandom(seed);
  const others = Object.keys(extensions).filter((name) => !alwaysTested.includes(name));
  const chosen = new Set([...alwaysTested, ...Array.from({ length: 4 }, () => random.pick(others))]);
  return all.filter(([name]) => chosen.has(name));
}

/** Returns all text of an exported file, unpacked. */
async function textsOf(path: string, extension: string): Promise<string[]> {
  const bytes = await readFile(path);
  if (extension === 'pdf') {
    expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    // Drawing operations contain arbitrary numbers, so only text and metadata are read.
    return [...readParts(inMemory(bytes), 'PDF', nothingOwn)].flatMap((part) =>
      'bytes' in part && /\((page text|metadata)\)/.test(part.name) ? [Buffer.from(part.bytes).toString()] : [],
    );
  }
  if (extension !== 'casement') return [bytes.toString()];
  const opened = await openCase(path);
  try {
    // Signed with the user's own key, which isn't among the known signers.
    const verification = await opened.verify();
    expect(verification.verdict).toBe('signed');
    expect(judge(verification, [])).toEqual({ verdict: 'unknown' });
    const entries: string[] = [];
    for (const { path: entry } of opened.manifest.resources) entries.push((await opened.read(entry)).toString());
    return [bytes.toString('latin1'), ...entries];
  } finally {
    opened.close();
  }
}

/** Returns the planted values in a text, by index and encoding. */
function leaksIn(text: string): string[] {
  return secrets.flatMap((value, index) =>
    valueForms(value)
      .filter(({ pattern }) => pattern.test(text))
      .map(({ form }) => `planted value ${index}, ${form}`),
  );
}

test('a ticket is copied in one click, past the gate, and nothing in it is live', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  const clipboard = (): Promise<string> => app.evaluate((electron) => electron.clipboard.readText());
  const addNote = async (text: string): Promise<void> => {
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Events' }).getByText(text.slice(0, 9))).toBeVisible();
    await page.keyboard.press('e');
    await expect(page.getByText('What is hidden')).toBeVisible();
  };
  await openDemoSession(page);
  await addNote('@everyone #12 <img src=x onerror=alert(1)> a|b {html} [x](javascript:alert(1))');
  const dialog = page.getByRole('dialog');
  const tickets = {
    GitHub: String.raw`\@<!-- -->everyone \#<!-- -->12 \<img src=x onerror=alert(1)\> a\|b \{html\} \[x\](javascript\:alert(1))`,
    Jira: String.raw`\@everyone \#12 <img src=x onerror=alert\(1\)> a\|b \{html\} \[x\]\(javascript&#58;alert\(1\)\)`,
    Zendesk: String.raw`＠everyone ＃12 &lt;img src=x onerror=alert(1)&gt; a\|b \{html\} \[x\](javascript\:alert(1))`,
  };
  for (const [system, note] of Object.entries(tickets)) {
    await dialog.getByRole('button', { name: `Copy for ${system}` }).click();
    await expect(dialog.getByText(`Copied for ${system}:`)).toBeVisible();
    const text = await clipboard();
    expect(text).toContain('POST /api/checkout returned 502');
    expect(text).toContain(note);
    expect(leaksIn(text)).toEqual([]);
  }

  // Private data in a note is masked.
  await page.keyboard.press('Escape');
  await addNote(`Call ${demoUser} back.`);
  await dialog.getByRole('button', { name: 'Copy for Jira' }).click();
  await expect(dialog.getByText('Copied for Jira:')).toBeVisible();
  expect(leaksIn(await clipboard())).toEqual([]);
});

test('private data in a note is masked, and in a file name it blocks the export', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note' }).fill(`Call ${demoUser} back.`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Events' }).getByText('Call')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByText('What is hidden')).toBeVisible();
  const path = join(desktop.exchange, 'note.html');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const text = await readFile(path, 'utf8');
  expect(text).toContain('Call •');
  expect(text).not.toContain(demoUser);

  const named = join(desktop.exchange, `${demoUser}.html`);
  await answerSaveDialog(app, named);
  await page.getByRole('button', { name: 'Export again' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('The export was blocked');
  await expect(refusal).not.toContainText(demoUser);
  await expect(readFile(named)).rejects.toThrow();
});

test('pulled sessions are kept for the next start, and can be searched', async ({ desktop }) => {
  const first = await desktop.start();
  await openDemoSession(first.page);
  await first.app.close();

  const { page } = await desktop.start();
  await openStoredSession(page);

  // The demo server restarts with the same CA and still accepts the key in the keychain.
  await page.getByRole('button', { name: /^Demo/ }).click();
  await searchDemoUser(page);
});
