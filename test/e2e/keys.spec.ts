import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { authorize } from '../../src-main/core/sources/authorize';
import { createDemoCa } from '../../src-main/node/demo-server/demo-ca';
import { startDemoServer } from '../../src-main/node/demo-server/server';
import { createTransport } from '../../src-main/node/transport/transport';
import { requestDemoKey } from '../../src-main/core/sources/demo-key';
import { expect, test } from './casement';
import { resourcePath } from '../helpers/fixtures';

/** Starts a company's recording server with its own CA. Returns it with a key. */
async function startServer(): Promise<{ origin: string; caPem: string; key: string; close: () => Promise<void> }> {
  const ca = createDemoCa();
  const setupToken = 'setup-of-the-test';
  const server = await startDemoServer({ ca, recordingsDir: resourcePath('demo'), issuedKeyHashes: [], setupToken });
  const origin = `https://localhost:${server.port}`;
  const transport = createTransport({
    origin,
    caPem: ca.certPem,
    sign: authorize(`Setup ${setupToken}`),
    isOffline: () => false,
    methods: ['POST'],
  });
  const key = await requestDemoKey(transport.fetch);
  await transport.close();
  return { origin, caPem: ca.certPem, key, close: server.close };
}

async function fillSource(
  page: Page,
  { origin, key, caPem }: { origin: string; key: string; caPem: string },
): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Platform').selectOption('server');
  await dialog.getByLabel('Name').fill('Shop');
  await dialog.getByLabel('Address').fill(origin);
  await dialog.getByLabel('Key', { exact: true }).fill(key);
  if (caPem) {
    const ca = dialog.getByLabel('CA certificate (PEM)');
    if (!(await ca.isVisible())) await dialog.getByText('Use a private CA').click();
    await ca.fill(caPem);
  }
  await dialog.getByRole('button', { name: 'Connect' }).click();
}

/** Returns whether any file under a folder contains the text. */
function isOnDisk(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .some((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path).includes(text));
}

test('a source with its own CA is added only with the right CA and key, and its key is on no disk', async ({
  desktop,
}) => {
  const server = await startServer();
  try {
    const { app, page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    await fillSource(page, { ...server, caPem: '' });
    await expect(page.getByText('The server’s certificate is not trusted.')).toBeVisible();
    await fillSource(page, { ...server, key: 'cas_demo_wrong-key-000000000000000000000000000' });
    await expect(page.getByText('The server rejected this key.')).toBeVisible();
    await fillSource(page, server);
    await expect(page.getByText('Key in keychain')).toBeVisible();
    const secret = server.key.slice('cas_demo_'.length);
    expect(await page.content()).not.toContain(secret);
    await app.close();
    expect(isOnDisk(join(desktop.home, 'data'), secret)).toBe(false);
    // Control: the search finds plain text.
    expect(isOnDisk(join(desktop.home, 'data'), server.origin)).toBe(true);

    const again = await desktop.start();
    await again.page.getByRole('button', { name: /^Shop/ }).click();
    await again.page.getByRole('textbox', { name: 'Search this source' }).fill('priya.raman@harbor-example.com');
    await again.page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(again.page.getByText('3 sessions', { exact: true })).toBeVisible();
  } finally {
    await server.close();
  }
});

test('an unreachable server and offline mode are reported with a remedy', async ({ desktop }) => {
  const server = await startServer();
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Add source' }).click();
  await fillSource(page, server);
  await expect(page.getByText('Key in keychain')).toBeVisible();
  await server.close();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('Could not connect to the server.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();

  await page.getByRole('switch', { name: 'Work offline' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('You are working offline.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Turn off “Work offline”' })).toBeVisible();
});

test.describe('without a keychain', () => {
  test.use({ keyring: false });

  test('keys are kept until quitting if chosen, and nothing is written', async ({ desktop }) => {
    const { app, page } = await desktop.start();
    await expect(page.getByText('This computer has no keychain.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await expect(page.getByText('Keep keys until you quit?')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Key kept until you quit')).toHaveCount(0);

    await page.getByRole('button', { name: 'Try the demo' }).click();
    await page.getByRole('button', { name: 'Keep until I quit' }).click();
    await expect(page.getByText('Key kept until you quit')).toBeVisible();
    await app.close();

    const again = await desktop.start();
    await again.page.getByRole('button', { name: /^Demo/ }).click();
    await expect(again.page.getByText('No key').first()).toBeVisible();
  });
});
