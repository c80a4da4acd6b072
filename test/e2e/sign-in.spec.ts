import type { ElectronApplication, Page } from '@playwright/test';
import { browse } from '../helpers/browse';
import { postHogWithSignIn, sentryClientId, sentryWithSignIn } from '../helpers/sign-in-samples';
import { startHttpsServer, testCa, testLeaf } from '../helpers/tls-server';
import { expect, test } from './casement';
import { waitForReplay } from './steps';

/** Keeps the addresses that the app opens in the user's browser, instead of opening them. */
async function catchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedPages', opened);
    shell.openExternal = (address) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => [...(Reflect.get(globalThis, 'openedPages') as string[])]);
}

/** Waits until the app opens another page, and opens it as the user's browser would. The fake platform's user agrees. */
async function useBrowser(opened: () => Promise<string[]>, count: number, caPem: string): Promise<string> {
  await expect.poll(async () => (await opened()).length).toBe(count);
  const address = (await opened())[count - 1] ?? '';
  const { page } = await browse(address, caPem);
  expect(page).toContain('return to Casement');
  return address;
}

async function fillSource(page: Page, origin: string, caPem: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Shop');
  await dialog.getByLabel('Address').fill(origin);
  await dialog.getByText('Use a private CA').click();
  await dialog.getByLabel('CA certificate (PEM)').fill(caPem);
  await dialog.getByLabel('Access').selectOption('sign-in');
}

test('a user signs in to PostHog with the browser, replays, signs in again, and removes the source', async ({
  desktop,
}) => {
  const ca = testCa();
  const { listener, oauth } = postHogWithSignIn();
  const server = await startHttpsServer(testLeaf(ca), listener);
  try {
    const { app, page } = await desktop.start();
    const opened = await catchBrowser(app);
    await page.getByRole('button', { name: 'Add source' }).click();
    await fillSource(page, server.origin, ca.certPem);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog.getByText('Complete the sign-in in your browser')).toBeVisible();

    // The user closes the browser's page and starts again.
    await expect.poll(async () => (await opened()).length).toBe(1);
    await dialog.getByRole('button', { name: 'Cancel sign-in' }).click();
    await expect(dialog.getByText('Complete the sign-in in your browser')).toBeHidden();
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    const address = await useBrowser(opened, 2, ca.certPem);
    expect(new URL(address).origin).toBe(server.origin);

    await expect(page.getByText('Signed in', { exact: true })).toBeVisible();
    const sessions = page.getByRole('list', { name: 'Sessions' });
    await sessions.getByRole('button', { name: /^jane@example\.com/ }).click();
    await waitForReplay(page);

    // The platform's administrator revokes the sign-in.
    oauth.sessions = [];
    await page.getByRole('button', { name: /^Shop/ }).click();
    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Test sign-in' }).click();
    await expect(page.getByText('Your sign-in has ended or was revoked. Sign in again.')).toBeVisible();
    await expect(page.getByText('Signed out', { exact: true }).first()).toBeVisible();
    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Sign in again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click();
    await useBrowser(opened, 3, ca.certPem);
    await expect(page.getByText('Signed in', { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Remove source' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove source' }).click();
    await expect(page.getByText('Shop was removed, and its sign-in was revoked.')).toBeVisible();
    expect(oauth.sessions).toEqual([]);
  } finally {
    await server.close();
  }
});

test('Sentry asks for a client ID, and a sign-in that it doesn’t revoke is reported', async ({ desktop }) => {
  const ca = testCa();
  const { listener } = sentryWithSignIn();
  const server = await startHttpsServer(testLeaf(ca), listener);
  try {
    const { app, page } = await desktop.start();
    const opened = await catchBrowser(app);
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Platform').selectOption('sentry');
    await dialog.getByLabel('Organization').fill('acme');
    await fillSource(page, server.origin, ca.certPem);
    await expect(dialog.getByText('Casement has no client ID of its own.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog.getByText('Enter the client ID of your OAuth application.')).toBeVisible();
    await dialog.getByLabel('Client ID').fill(sentryClientId);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await useBrowser(opened, 1, ca.certPem);
    await expect(page.getByText('Signed in', { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Remove source' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove source' }).click();
    await expect(page.getByText('its sign-in could not be revoked')).toBeVisible();
    await page.getByRole('button', { name: 'Open Sentry’s list of sign-ins' }).click();
    await expect.poll(async () => (await opened())[1]).toBe(`${server.origin}/settings/account/authorizations/`);
  } finally {
    await server.close();
  }
});
