import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { answerOpenDialog, expect, test } from './casement';
import { casement } from '../helpers/command-line';
import { resourcePath } from '../helpers/fixtures';
import type { CaseSession } from '../../src-main/core/casefile/entries';
import { caseHead, longCaseEntries, tinySession } from '../helpers/case-file';
import { openCase } from '../../src-main/node/case-archive/read-case';
import { writeCase } from '../../src-main/node/case-archive/write-case';
import { playheadSeconds, replayedText, replayFrame, waitForReplay } from './steps';
import { violations } from './violations';

const harbor = resourcePath('demo/harbor-checkout.json.gz');
const isRoot = process.getuid?.() === 0;

async function packHarbor(folder: string): Promise<string> {
  const path = join(folder, 'case.casement');
  expect(await casement('pack', harbor, '--out', path)).toMatchObject({ code: 0 });
  chmodSync(path, 0o644);
  return path;
}

/** Writes a case file whose verification and import take seconds. */
async function writeLongCase(folder: string, ...more: CaseSession[]): Promise<string> {
  const path = join(folder, 'long.casement');
  await writeCase(path, caseHead, await longCaseEntries(40_000, ...more), { check: () => undefined });
  chmodSync(path, 0o644);
  return path;
}

function changeByte(path: string, entry: string): void {
  const bytes = readFileSync(path);
  const offset = bytes.indexOf(entry) + 200;
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
  writeFileSync(path, bytes);
}

/** Records in the page's `seen` the order in which the preview's first frame and the verdict appear. */
function recordFirstAppearances(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const record = (what: string, selector: string): void => {
      if (!seen.includes(what) && document.querySelector(selector)) seen.push(what);
    };
    new MutationObserver(() => {
      record('replay', '.replay-layout:has([aria-label="Case file verification"]) .stage[data-phase="ready"]');
      record('verdict', '[aria-label="Show verification details"]');
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

test.describe('without a key and a keychain', () => {
  test.use({ keyring: false, bus: false });

  test('a case file opens, verified, with the same replay and the same timeline', async ({ desktop }) => {
    const path = await packHarbor(desktop.exchange);
    const { page } = await desktop.start({ args: [path] });
    await waitForReplay(page);
    await page.getByRole('switch', { name: 'Work offline' }).click();

    await page.getByRole('button', { name: /Opened offline · hashes verified · unsigned/ }).click();
    const entries = page.getByRole('list', { name: 'Contents' }).getByRole('listitem');
    const opened = await openCase(path);
    opened.close();
    // All entries that the manifest lists, and the manifest.
    const count = opened.manifest.resources.length + 1;
    await expect(entries).toHaveCount(count);
    await expect(entries.first()).toContainText(/sha256:[0-9a-f]{64}/);
    await expect(page.getByText('Matches its hash', { exact: true })).toHaveCount(count);
    await page.getByRole('button', { name: /hashes verified/ }).click();

    await page.getByRole('textbox', { name: 'Search events' }).fill('confirm order');
    await page.getByRole('button', { name: /Clicked button “Confirm order” 5 times/ }).click();
    await expect.poll(() => replayedText(page)).toContain('Confirm order');
    expect(await replayedText(page)).not.toContain('priya');

    await page.getByRole('textbox', { name: 'Search events' }).fill('');
    const timeline = await casement('timeline', harbor, '--format', 'jsonl');
    const lines = timeline.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string });
    await expect(page.getByText(`${lines.length} events`, { exact: true })).toBeVisible();
  });

  test('a case file with one changed byte is refused with the reason', async ({ desktop }) => {
    const path = await packHarbor(desktop.exchange);
    changeByte(path, 'recordings/r1/000000.json');
    const { page } = await desktop.start({ args: [path] });
    await expect(page.getByText(/recordings\/r1\/000000\.json does not match its hash/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0);
  });

  test('a long case file can be replayed while it is checked, and switches to the stored session at the same position', async ({
    desktop,
  }) => {
    const path = await writeLongCase(desktop.exchange);
    const { app, page } = await desktop.start();
    await answerOpenDialog(app, path);
    await recordFirstAppearances(page);
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await waitForReplay(page);
    const check = page.getByRole('region', { name: 'Case file verification' });
    await expect(check).toContainText('What you see is not verified yet');
    await expect.poll(() => replayedText(page)).toContain('Welcome back');
    await page.screenshot({ path: test.info().outputPath('preview.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: test.info().outputPath('preview-dark.png') });
    await page.emulateMedia({ colorScheme: 'light' });

    await page.getByRole('combobox', { name: 'Tab' }).click();
    await page.getByRole('option', { name: 'Tab 2' }).click();
    await waitForReplay(page);
    await page.keyboard.press('7');
    await expect.poll(() => replayedText(page)).toMatch(/Line \d+/);
    const line = await replayedText(page);
    const second = await playheadSeconds(page);
    expect(second).toBeGreaterThan(10);
    // The file is still being verified and imported.
    await expect(check).toBeVisible();

    await page.getByRole('button', { name: /Opened offline · hashes verified · unsigned/ }).waitFor();
    await expect(check).toHaveCount(0);
    await waitForReplay(page);
    await expect.poll(() => replayedText(page)).toBe(line);
    expect(await playheadSeconds(page)).toBe(second);
    expect(await page.evaluate(() => Reflect.get(window, 'seen') as unknown)).toEqual(['replay', 'verdict']);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => replayedText(page)).not.toBe(line);
    await page.screenshot({ path: test.info().outputPath('stored.png') });
  });

  test('of several sessions, the replay switches to the one that is open', async ({ desktop }) => {
    const path = await writeLongCase(desktop.exchange, { ...(await tinySession()), title: 'The other one' });
    const { app, page } = await desktop.start();
    await answerOpenDialog(app, path);
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await page.getByRole('combobox', { name: 'Session' }).click();
    await page.getByRole('option', { name: 'The other one' }).click();
    await waitForReplay(page);
    await expect.poll(() => replayedText(page)).toContain('Welcome back');
    await page.screenshot({ path: test.info().outputPath('several.png') });
    await page.getByRole('button', { name: /hashes verified · unsigned/ }).waitFor();
    await expect(page.getByRole('heading', { name: 'The other one' })).toBeVisible();
    await waitForReplay(page);
    await expect.poll(() => replayedText(page)).toContain('Welcome back');
  });

  test('a case file that turns out to be broken is closed with the reason', async ({ desktop }) => {
    const path = await writeLongCase(desktop.exchange);
    changeByte(path, 'recordings/r1/000020.json');
    const { app, page } = await desktop.start();
    await answerOpenDialog(app, path);
    await recordFirstAppearances(page);
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await page.getByRole('heading', { name: 'This case file failed verification' }).waitFor();
    await expect(page.getByRole('alert')).toContainText(/recordings\/r1\/000020\.json does not match its hash/);
    expect(await page.evaluate(() => Reflect.get(window, 'seen') as unknown)).toEqual(['replay']);
    expect(replayFrame(page)).toBeUndefined();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('refused.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: test.info().outputPath('refused-dark.png') });
    const kept = await page.evaluate(() => window.casement.requests['library.list']({}));
    expect(kept).toEqual({ ok: true, value: [] });
    await page.getByRole('button', { name: 'Go to library' }).click();
    await expect(page.getByRole('heading', { name: 'Library', exact: true })).toBeVisible();
  });

  test('a case file whose check is cancelled is closed, and nothing of it is kept', async ({ desktop }) => {
    const path = await writeLongCase(desktop.exchange);
    const { app, page } = await desktop.start();
    await answerOpenDialog(app, path);
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await waitForReplay(page);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('region', { name: 'Case file verification' }).getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => replayFrame(page)).toBeUndefined();
    const kept = await page.evaluate(() => window.casement.requests['library.list']({}));
    expect(kept).toEqual({ ok: true, value: [] });
  });

  test('files that are not recordings are refused with a message, and the app keeps working', async ({ desktop }) => {
    const { app, page } = await desktop.start();
    const path = join(desktop.exchange, 'input.json');
    for (const [content, sentence] of [
      ['', 'The file is empty.'],
      ['{"hello":1}', 'Casement does not support this file as a session recording'],
      [
        '[{"type":0,"data":{},"timestamp":1},{"type":1,"data":{},"timestamp":2}]',
        'no page, and no events for a timeline',
      ],
    ] as const) {
      writeFileSync(path, content);
      await answerOpenDialog(app, path);
      await page.getByRole('button', { name: 'Open file' }).first().click();
      await expect(page.getByText(sentence).first()).toBeVisible();
    }
    // A recording without a page has a timeline.
    writeFileSync(path, '[{"type":4,"data":{"href":"https://a.example","width":1,"height":1},"timestamp":1}]');
    await answerOpenDialog(app, path);
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await expect(page.getByRole('heading', { name: 'This recording contains no page' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Events' }).getByText('Opened a.example')).toBeVisible();
    copyFileSync(harbor, join(desktop.exchange, 'good.json.gz'));
    await answerOpenDialog(app, join(desktop.exchange, 'good.json.gz'));
    await page.getByRole('button', { name: 'Open file' }).first().click();
    await waitForReplay(page);
  });
});

test('a case file opens in a network namespace without a network', async ({ desktop }) => {
  test.skip(!isRoot || process.platform !== 'linux', 'only root on Linux can take the network away');
  const path = await packHarbor(desktop.exchange);
  const script = resolve(import.meta.dirname, '../../scripts/demo/reopen.mjs');
  const reopen = [process.execPath, script, path, desktop.exchange];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...reopen],
    { encoding: 'utf8', env: { ...process.env, DISPLAY: undefined } },
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toContain('hashes verified');
});
