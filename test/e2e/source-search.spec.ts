import type { ElectronApplication, Page } from '@playwright/test';
import { postHogKey, postHogOf, sentryKey, sentryOf, type ServedPostHog } from '../helpers/platform-samples';
import { startHttpsServer, testCa, testLeaf } from '../helpers/tls-server';
import { expect, test } from './casement';
import { demoUser, waitForReplay } from './steps';
import { violations } from './violations';

const dayMs = 86_400_000;

interface Served {
  origin: string;
  caPem: string;
  close: () => Promise<void>;
}

async function serve(listener: Parameters<typeof startHttpsServer>[1]): Promise<Served> {
  const ca = testCa();
  const { origin, close } = await startHttpsServer(testLeaf(ca), listener);
  return { origin, caPem: ca.certPem, close };
}

async function startPostHog(served: ServedPostHog = {}) {
  const { listener, ...rest } = postHogOf(served);
  return { ...(await serve(listener)), ...rest };
}

async function connect(
  page: Page,
  {
    kind,
    name,
    key,
    served,
    fields = {},
  }: {
    kind: string;
    name: string;
    key: string;
    served: Served;
    fields?: Record<string, string>;
  },
): Promise<void> {
  await page.getByRole('button', { name: 'Add source' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Platform').selectOption(kind);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Address').fill(served.origin);
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByLabel('Key', { exact: true }).fill(key);
  await dialog.getByText('Use a private CA').click();
  await dialog.getByLabel('CA certificate (PEM)').fill(served.caPem);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

const connectPostHog = (page: Page, served: Served): Promise<void> =>
  connect(page, { kind: 'posthog', name: 'Shop', key: postHogKey, served });

const field = (page: Page) => page.getByRole('textbox', { name: 'Search this source' });

async function enter(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

/** Takes a screenshot in both themes. */
async function takeLook(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) });
  }
}

/** Records the addresses that the app opens in the browser, instead of opening them. */
async function watchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedPages', opened);
    shell.openExternal = (address) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => Reflect.get(globalThis, 'openedPages') as string[]);
}

test('a pasted link opens its session in its own source, from any other one', async ({ desktop }) => {
  const shop = await startPostHog();
  const { listener, state } = sentryOf();
  const errors = await serve(listener);
  const [shopSession] = shop.state.sessions;
  const [replay] = state.replays;
  try {
    const { page } = await desktop.start();
    await connectPostHog(page, shop);
    await connect(page, {
      kind: 'sentry',
      name: 'App errors',
      key: sentryKey,
      served: errors,
      fields: { Organization: 'acme' },
    });
    await expect(field(page)).toBeFocused();

    await enter(page, `${shop.origin}/project/42/replay/${shopSession?.id}?t=7`);
    await waitForReplay(page);
    await page.getByRole('button', { name: /^Shop/ }).click();
    await expect(page.getByText('Searched by session ID from the link.')).toBeVisible();
    await expect(page.getByText('In your library')).toBeAttached();
    await takeLook(page, 'stored');

    await enter(page, `<${errors.origin}/organizations/acme/replays/${replay?.id}/>`);
    await waitForReplay(page);
    await page.getByRole('button', { name: /^Shop/ }).click();
    await expect(field(page)).toHaveValue(new RegExp(`${shopSession?.id}`));

    // The platform has deleted the session since. The copy stays.
    shop.state.sessions = [];
    await enter(page, shopSession?.id ?? '');
    await expect(page.getByRole('heading', { name: 'The platform no longer lists this session' })).toBeVisible();
    await takeLook(page, 'gone');
    await page.getByRole('button', { name: 'Open from library' }).click();
    await waitForReplay(page);
    await page.getByRole('switch', { name: 'Work offline' }).click();
    await page.getByRole('button', { name: /^Shop/ }).click();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByText('You are working offline.')).toBeVisible();
    await takeLook(page, 'offline');
    await page.getByRole('button', { name: 'Open from library' }).click();
    await waitForReplay(page);
  } finally {
    await Promise.all([shop.close(), errors.close()]);
  }
});

test('the field says how it read a text, and offers the other readings', async ({ desktop }) => {
  const shop = await startPostHog();
  try {
    const { page } = await desktop.start();
    await connectPostHog(page, shop);
    await enter(page, 'Jane Doe <jane@example.com>');
    await expect(page.getByText('Searched by email.')).toBeVisible();
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();
    await takeLook(page, 'by-email');

    const others = page.getByRole('group', { name: 'Other ways to read the text' });
    await others.getByRole('button', { name: 'Search by user ID' }).click();
    await expect(page.getByText('Searched by user ID.')).toBeVisible();
    await expect(page.getByRole('heading', { name: /^No sessions for “Jane/ })).toBeVisible();
    await expect(others.getByRole('button', { name: 'Search by email' })).toBeVisible();
    // The same text keeps the chosen reading.
    await field(page).press('Enter');
    await expect(page.getByText('Searched by user ID.')).toBeVisible();

    await enter(page, 'https://nowhere.example/a/b');
    await expect(page.getByText('Searched by page.').or(page.getByText('doesn’t recognize this link'))).toBeVisible();
    await enter(page, shop.state.sessions[0]?.id ?? '');
    await expect(page.getByText('Searched by session ID.')).toBeVisible();
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();
  } finally {
    await shop.close();
  }
});

test('a link to a platform that isn’t connected offers to add it', async ({ desktop }) => {
  const shop = await startPostHog();
  try {
    const { page } = await desktop.start();
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await expect(page.getByText('Key in keychain')).toBeVisible();
    const id = shop.state.sessions[0]?.id ?? '';
    await enter(page, `${shop.origin}/project/42/replay/${id}`);
    await expect(page.getByText('This link belongs to a PostHog source that isn’t connected.')).toBeVisible();
    await takeLook(page, 'unconnected');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add source…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Platform')).toHaveValue('posthog');
    await expect(dialog.getByLabel('Address')).toHaveValue(shop.origin);
    await expect(dialog.getByLabel('Project number')).toHaveValue('42');
    await takeLook(page, 'prefilled');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Key', { exact: true }).fill(postHogKey);
    await dialog.getByText('Use a private CA').click();
    await dialog.getByLabel('CA certificate (PEM)').fill(shop.caPem);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    // The new source opens the session of the link.
    await waitForReplay(page);

    await page.getByRole('button', { name: /^Demo/ }).click();
    await enter(page, 'ses_7q2m4kd9');
    await expect(page.getByText('Searched by session ID.')).toBeVisible();
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();
    await enter(page, demoUser);
    await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
    await enter(page, 'https://shop.example/cart');
    await expect(page.getByText('Casement doesn’t recognize this link.')).toBeVisible();
    await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
  } finally {
    await shop.close();
  }
});

test('rows show the marks that the platform reports, and filters are kept for the source', async ({ desktop }) => {
  const shop = await startPostHog({ hasLostBlock: true });
  const [first] = shop.state.sessions;
  Object.assign(shop.state.keys[postHogKey] ?? {}, {
    created_at: '2025-03-02T10:00:00Z',
    last_rolled_at: '2025-09-02T10:00:00Z',
    last_used_at: new Date(Date.now() - 2 * dayMs).toISOString(),
  });
  const soon = new Date(Date.now() + 3.5 * dayMs).toISOString();
  Object.assign(first ?? {}, {
    ongoing: true,
    snapshot_source: 'mobile',
    activity_score: 72.4,
    expiry_time: soon,
  });
  try {
    const { page } = await desktop.start();
    await connectPostHog(page, shop);
    const row = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').first();
    for (const mark of ['Live', 'Mobile', '3 errors', 'Expires in 3 days']) await expect(row).toContainText(mark);
    await expect(row.getByText('Activity 72 %')).toBeAttached();
    await expect(page.getByText('Key “Support”')).toBeVisible();
    await expect(page.getByText(/^created .+ ago$|^created last year$/)).toBeVisible();
    await expect(page.getByText(/^replaced .+ ago$|^replaced last year$/)).toBeVisible();
    await expect(page.getByText('last used 2 days ago')).toBeVisible();
    await takeLook(page, 'marks');

    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const filters = page.getByRole('region', { name: 'Filters' });
    await filters.getByRole('switch', { name: 'Only with errors' }).click();
    await filters.getByLabel('From').fill('2026-11-01');
    await takeLook(page, 'filters');
    expect(await violations(page)).toEqual([]);
    await filters.getByLabel('Other filters').fill('no filter');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByText('Write each filter as a name and a value')).toBeVisible();
    await filters.getByLabel('Other filters').fill('');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();

    await row.getByRole('button').first().click();
    await waitForReplay(page);
    await page.getByRole('button', { name: /^Shop/ }).click();
    // The source still has its filters.
    await expect(filters.getByLabel('From')).toHaveValue('2026-11-01');
    await expect(page.getByRole('button', { name: 'Filters (2)' })).toBeVisible();
    await expect(row).toContainText('Not complete: 1 of 3 blocks missing');
    await takeLook(page, 'incomplete');
    await row.getByRole('button', { name: 'Open from library' }).click();
    await waitForReplay(page);
    await page.getByRole('button', { name: /^Library/ }).click();
    await expect(page.getByRole('list', { name: 'Stored sessions' })).toContainText('Not complete: 1 of 3 blocks');
    await takeLook(page, 'library');
  } finally {
    await shop.close();
  }
});

test('a final error offers no retry, and a removed source says that its key still works', async ({ desktop }) => {
  const shop = await startPostHog();
  const [session] = shop.state.sessions;
  const recording = shop.state.recordings[session?.id ?? ''];
  try {
    const { app, page } = await desktop.start();
    const openedPages = await watchBrowser(app);
    await connectPostHog(page, shop);
    if (recording) recording.isDeleted = true;
    const row = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').first();
    await row.getByRole('button').first().click();
    await expect(row.getByRole('alert')).toContainText('permanently deleted');
    await expect(row.getByRole('button', { name: 'Dismiss' })).toBeVisible();
    await expect(row.getByRole('button', { name: 'Try again' })).toBeHidden();
    await takeLook(page, 'final-error');

    await page.getByRole('button', { name: 'More about this source' }).click();
    await page.getByRole('menuitem', { name: 'Remove source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Shop?' });
    await expect(dialog).toContainText('still works at PostHog');
    await takeLook(page, 'remove');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Open PostHog’s key settings' }).click();
    await expect.poll(openedPages).toEqual([`${shop.origin}/settings/user-api-keys`]);
    await dialog.getByRole('button', { name: 'Remove source' }).click();
    await expect(page.getByText('Shop was removed. Its key still works at PostHog')).toBeVisible();
    await page.getByRole('button', { name: 'Open PostHog’s key settings' }).click();
    await expect.poll(async () => (await openedPages()).length).toBe(2);
  } finally {
    await shop.close();
  }
});

test('a replaced key makes the list ask again', async ({ desktop }) => {
  const shop = await startPostHog();
  const newKey = `${postHogKey}-new`;
  try {
    const { page } = await desktop.start();
    await connectPostHog(page, shop);
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();
    const { [postHogKey]: settings, ...others } = shop.state.keys;
    shop.state.keys = { ...others, ...(settings && { [newKey]: settings }) };
    const row = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').first();
    await row.getByRole('button').first().click();
    await expect(row.getByRole('alert')).toContainText('The server rejected this key.');
    await expect(row.getByRole('button', { name: 'Replace key' })).toBeVisible();
    await expect(row.getByRole('button', { name: 'Try again' })).toBeHidden();
    await expect(page.getByText('Key rejected', { exact: true }).first()).toBeVisible();
    await takeLook(page, 'refused');

    await enter(page, 'jane@example.com');
    await expect(page.getByText('The server rejected this key.')).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Replace key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New key').fill(newKey);
    await dialog.getByRole('button', { name: 'Replace key' }).click();
    await expect(page.getByText('The key was replaced.')).toBeVisible();
    await expect(page.getByText('1 session', { exact: true })).toBeVisible();
    await expect(page.getByText('The server rejected this key.')).toBeHidden();
  } finally {
    await shop.close();
  }
});
