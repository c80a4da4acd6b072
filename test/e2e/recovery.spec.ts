import { hangLimitMs } from '../../scripts/time-limits.mjs';
import { postHogOf, postHogKey } from '../helpers/platform-samples';
import { startHttpsServer, testCa, testLeaf } from '../helpers/tls-server';
import { expect, test } from './casement';
import { openDemoSession, openStoredSession, waitForReplay } from './steps';

test('a background process that dies is restarted, with the vault intact', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  const pidOf = (name: string): Promise<number | undefined> =>
    app.evaluate(
      ({ app: electron }, wanted) => electron.getAppMetrics().find((found) => found.name === wanted)?.pid,
      name,
    );
  for (const name of ['Casement worker', 'Casement demo', 'Casement keychain']) {
    const pid = await pidOf(name);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(() => pidOf(name)).not.toBe(pid);
  }
  await openStoredSession(page);
  await page.getByRole('button', { name: /^Demo/ }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText(/^\d+ sessions/)).toBeVisible();
});

test('the app always quits when closed right after its start', async ({ desktop }) => {
  for (let time = 0; time < 10; time++) {
    const { app } = await desktop.start();
    const isClosed = app.waitForEvent('close', { timeout: hangLimitMs });
    await app.evaluate(({ app: electron }) => electron.quit());
    await isClosed;
  }
});

test('an uncaught error ends the app with a message that doesn’t contain its text', async ({ desktop }) => {
  const { app } = await desktop.start();
  const said = await app.evaluate(({ app: electron, dialog }) => {
    const boxes: string[] = [];
    dialog.showErrorBox = (title, text) => void boxes.push(title, text);
    setTimeout(() => {
      throw new Error('jane@example.com');
    });
    return new Promise((resolve) => {
      electron.exit = (code) => resolve([...boxes, code]);
    });
  });
  expect(said).toEqual(['Casement must close', 'Something went wrong inside Casement. Nothing was changed.', 1]);
});

test('a pull interrupted by a kill is shown at the next start, and resumes where it stopped', async ({ desktop }) => {
  const ca = testCa();
  const { listener } = postHogOf({ blockCount: 100 });
  let isHanging = true;
  const asked: string[] = [];
  const server = await startHttpsServer(testLeaf(ca), (request, response) => {
    const block = /start_blob_key=(\d+)/.exec(request.url ?? '')?.[1];
    if (block !== undefined) asked.push(block);
    if (block !== '60' || !isHanging) listener(request, response);
  });
  try {
    const { app, page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Address').fill(server.origin);
    await dialog.getByLabel('Key', { exact: true }).fill(postHogKey);
    await dialog.getByText('Use a private CA').click();
    await dialog.getByLabel('CA certificate (PEM)').fill(ca.certPem);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    const sessions = page.getByRole('list', { name: 'Sessions' });
    await sessions.getByRole('button', { name: /^jane@example\.com/ }).click();
    await expect.poll(() => asked).toEqual(['0', '20', '40', '60']);
    await expect(page.getByText(/Downloading · \d+ KB/)).toBeVisible();
    const closed = app.waitForEvent('close', { timeout: hangLimitMs });
    process.kill(app.process().pid ?? 0, 'SIGKILL');
    await closed;

    isHanging = false;
    const { page: next } = await desktop.start();
    const pulls = next.getByRole('list', { name: 'Interrupted downloads' });
    await expect(pulls).toContainText(/Download of jane@example\.com was interrupted at \d+ KB/);
    await expect(pulls).toContainText('resumes where it stopped');
    await pulls.getByRole('button', { name: 'Resume download of jane@example.com' }).click();
    await expect(pulls).toBeHidden();
    await next
      .getByRole('list', { name: 'Stored sessions' })
      .getByRole('button', { name: /^jane@/ })
      .first()
      .click();
    await waitForReplay(next);
    expect(asked).toEqual(['0', '20', '40', '60', '60', '80']);
  } finally {
    await server.close();
  }
});
