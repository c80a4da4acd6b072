import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answerOpenDialog, expect, test } from './casement';
import { casement } from '../helpers/command-line';
import { resourcePath } from '../helpers/shared';
import { replayedText, waitForReplay } from './steps';

const harbor = resourcePath('demo/harbor-checkout.json.gz');
const isRoot = process.getuid?.() === 0;

async function packHarbor(folder: string): Promise<string> {
  const path = join(folder, 'case.casement');
  expect(await casement('pack', harbor, '--out', path)).toMatchObject({ code: 0 });
  chmodSync(path, 0o644);
  return path;
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
    await expect(entries).toHaveCount(11);
    await expect(entries.first()).toContainText(/sha256:[0-9a-f]{64}/);
    await expect(page.getByText('Matches its hash', { exact: true })).toHaveCount(11);
    await page.getByRole('button', { name: /hashes verified/ }).click();

    await page.getByRole('textbox', { name: 'Search the events' }).fill('confirm order');
    await page.getByRole('button', { name: /Clicked button “Confirm order” 5 times/ }).click();
    await expect.poll(() => replayedText(page)).toContain('Confirm order');
    expect(await replayedText(page)).not.toContain('priya');

    await page.getByRole('textbox', { name: 'Search the events' }).fill('');
    const told = await casement('timeline', harbor, '--format', 'jsonl');
    const lines = told.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string });
    await expect(page.getByText(`${lines.length} events`, { exact: true })).toBeVisible();
  });

  test('a case file with one byte changed is refused, with what it was', async ({ desktop }) => {
    const path = await packHarbor(desktop.exchange);
    const bytes = readFileSync(path);
    const place = bytes.indexOf('recordings/r1/000000.json') + 200;
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    writeFileSync(path, bytes);
    const { page } = await desktop.start({ args: [path] });
    await expect(page.getByText(/recordings\/r1\/000000\.json does not match its hash/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0);
  });

  test('files that are no recordings are refused with a sentence, and the app goes on', async ({ desktop }) => {
    const { app, page } = await desktop.start();
    const path = join(desktop.exchange, 'input.json');
    for (const [content, sentence] of [
      ['', 'The file is empty.'],
      ['{"hello":1}', 'This is not a session recording that Casement knows'],
      [
        '[{"type":4,"data":{"href":"https://a.example","width":1,"height":1},"timestamp":1}]',
        'no full picture of a page',
      ],
    ] as const) {
      writeFileSync(path, content);
      await answerOpenDialog(app, path);
      await page.getByRole('button', { name: 'Open a file' }).first().click();
      await expect(page.getByText(sentence).first()).toBeVisible();
    }
    copyFileSync(harbor, join(desktop.exchange, 'good.json.gz'));
    await answerOpenDialog(app, join(desktop.exchange, 'good.json.gz'));
    await page.getByRole('button', { name: 'Open a file' }).first().click();
    await waitForReplay(page);
  });
});

test('the same works in a network namespace that has no way out', async ({ desktop }) => {
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
