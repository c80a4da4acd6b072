import { expect, test } from './casement';
import { openDemoSession, openStoredSession } from './steps';

test('a background process that dies is started again, with the vault as it was', async ({ desktop }) => {
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
