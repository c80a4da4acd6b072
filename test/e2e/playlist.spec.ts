import { expect, test } from './casement';
import { searchDemoUser, waitForReplay } from './steps';

test('all sessions of a user are pulled together, and viewed one after the other', async ({ desktop }) => {
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await page.getByRole('button', { name: 'Download all' }).click();
  await expect(page.getByText('3 sessions are in your library.')).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await waitForReplay(page);
  const title = page.getByRole('banner').or(page.locator('header'));
  await expect(title.getByText('1 of 3')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Previous session' })).toBeDisabled();
  await page.keyboard.press(']');
  await expect(title.getByText('2 of 3')).toBeVisible();
  await waitForReplay(page);
  await page.getByRole('button', { name: 'Next session' }).click();
  await expect(title.getByText('3 of 3')).toBeVisible();
  await page.keyboard.press('[');
  await expect(title.getByText('2 of 3')).toBeVisible();
});
