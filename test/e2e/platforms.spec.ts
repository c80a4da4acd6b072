import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fullStoryKey, fullStoryOf, postHogKey, postHogOf, type ServedPostHog } from '../helpers/platform-samples';
import { startHttpsServer, testCa, testLeaf } from '../helpers/tls-server';
import { answerSaveDialog, expect, test } from './casement';
import { waitForReplay } from './steps';

async function startPostHog(served: ServedPostHog) {
  const ca = testCa();
  const { listener, ...rest } = postHogOf(served);
  const server = await startHttpsServer(testLeaf(ca), listener);
  return { origin: server.origin, caPem: ca.certPem, ...rest, close: () => server.close() };
}

/** Fills in the connection form and submits it. */
async function connect(
  page: Page,
  { origin, caPem, key = postHogKey }: { origin: string; caPem: string; key?: string },
): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill(origin);
  await dialog.getByLabel('Key', { exact: true }).fill(key);
  await dialog.getByText('Use a private CA').click();
  await dialog.getByLabel('CA certificate (PEM)').fill(caPem);
  await dialog.getByRole('button', { name: 'Connect' }).click();
}

async function openFound(page: Page): Promise<void> {
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await sessions.getByRole('button', { name: /^jane@example\.com/ }).click();
  await waitForReplay(page);
}

test('a PostHog session is found, pulled and replayed, and an overprivileged key is reported', async ({ desktop }) => {
  const { origin, caPem, state, close } = await startPostHog({ scopes: ['*'], hasLostBlock: true });
  try {
    const { page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Address')).toHaveValue('https://us.posthog.com');
    await dialog.getByLabel('Platform').selectOption('sentry');
    await expect(dialog.getByLabel('Address')).toHaveValue('https://us.sentry.io');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Key', { exact: true }).fill('sntryu_0');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(dialog.getByText('This field is required.')).toBeVisible();
    await dialog.getByLabel('Platform').selectOption('posthog');
    await dialog.getByLabel('Project number').fill('42');
    await connect(page, { origin, caPem });

    await expect(page.getByText('Key in keychain')).toBeVisible();
    const verdict = page.getByRole('region', { name: 'Key permissions' });
    await expect(verdict).toContainText('This key has all of its owner’s permissions.');
    for (const key of Object.values(state.keys)) key.scopes = ['session_recording:read'];
    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Test key' }).click();
    await expect(verdict).toBeHidden();

    await openFound(page);
    await page.getByRole('button', { name: 'Not complete: 1 of 3 blocks missing' }).click();
    const hint = page.getByText('If the mark stays, the platform no longer has them');
    await expect(hint).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(hint).toBeHidden();

    for (const { blocks = [] } of Object.values(state.recordings)) for (const block of blocks) delete block.isLost;
    await page.getByRole('button', { name: /^Shop/ }).click();
    await openFound(page);
    await expect(page.getByText(/^Not complete/)).toBeHidden();
  } finally {
    await close();
  }
});

test('a session in progress is followed, and grows in the player', async ({ desktop }) => {
  const { origin, caPem, addLastBlock, close } = await startPostHog({ isLive: true });
  try {
    const { page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Shop');
    await connect(page, { origin, caPem });
    await openFound(page);
    await expect(page.getByText('0:33')).toBeHidden();

    await page.getByRole('button', { name: 'More about this session' }).click();
    await page.getByRole('menuitem', { name: 'Follow live' }).click();
    await expect(page.getByText('Following live')).toBeVisible();
    addLastBlock();
    // The header and the player show the new end of the recording.
    await expect(page.getByText('1,393 events')).toBeVisible();
    await expect(page.getByText('/ 0:33')).toBeVisible();
    await page.getByRole('button', { name: 'More about this session' }).click();
    await page.getByRole('menuitem', { name: 'Stop following' }).click();
    await expect(page.getByText('Following live')).toBeHidden();
  } finally {
    await close();
  }
});

test('a FullStory session has a timeline that is exported, and a message that it can’t be replayed', async ({
  desktop,
}) => {
  const ca = testCa();
  const server = await startHttpsServer(testLeaf(ca), fullStoryOf().listener);
  try {
    const { app, page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Platform').selectOption('fullstory');
    await expect(dialog.getByText('no replay')).toBeVisible();
    await dialog.getByLabel('Name').fill('Shop');
    await connect(page, { origin: server.origin, caPem: ca.certPem, key: fullStoryKey });

    await expect(page.getByRole('heading', { name: 'Which user’s sessions?' })).toBeVisible();
    await expect(page.getByText('This key can also delete user data.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Search this source' }).fill('u-7');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const sessions = page.getByRole('list', { name: 'Sessions' });
    await sessions.getByRole('button', { name: /^u-7/ }).click();

    await expect(page.getByRole('heading', { name: 'FullStory doesn’t provide a replay' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open in FullStory' })).toBeVisible();
    await expect(page.getByText('Pay now')).toBeVisible();
    const path = join(desktop.exchange, 'timeline.csv');
    await answerSaveDialog(app, path);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const preview = page.getByRole('dialog', { name: 'Export' });
    await expect(preview.getByText('CSV', { exact: true })).toBeVisible();
    await expect(preview.getByText('Replay page', { exact: true })).toBeHidden();
    await page.screenshot({ path: test.info().outputPath('timeline-only.png') });
    await preview.getByText('CSV', { exact: true }).click();
    await preview.getByRole('button', { name: 'Save', exact: true }).click();
    await preview.getByRole('heading', { name: 'Saved' }).waitFor();
    expect(await readFile(path, 'utf8')).toContain('Pay now');
  } finally {
    await server.close();
  }
});
