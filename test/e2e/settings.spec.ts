import { expect, test } from './casement';
import { demoUser, openDemoSession, searchDemoUser, showRequests } from './steps';

test('timeline thresholds are set with the keyboard, saved, and update an open session', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  // The list renders only visible rows, so a search brings the entry into view.
  await page.getByRole('textbox', { name: 'Search events' }).fill('Idle for');
  const idle = page.getByText('Idle for 14.0 s');
  await expect(idle).toBeVisible();

  const settings = page.getByRole('button', { name: 'Settings' });
  const field = page.getByRole('textbox', { name: 'Idle' });
  await settings.focus();
  await page.keyboard.press('Enter');
  await field.fill('20');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(idle).toBeHidden();

  await settings.click();
  await expect(field).toHaveValue('20');
  await page.getByRole('button', { name: 'Restore defaults' }).click();
  await expect(field).toHaveValue('5');
  // An invalid field is scrolled into view, and nothing is saved until it is valid.
  const depth = page.getByRole('textbox', { name: 'Event nesting depth' });
  await depth.fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(depth).toBeFocused();
  await expect(depth).toBeInViewport();
  await depth.fill('500');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(idle).toBeVisible();
  await settings.click();
  await expect(depth).toHaveValue('500');
});

test('the request log is shown without keys, searches and ids', async ({ desktop }) => {
  const { page } = await desktop.start();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await showRequests(page);
  const dialog = page.getByRole('dialog', { name: 'Requests' });
  const rows = dialog.getByRole('row');
  await expect(rows.nth(1)).toContainText(/Demo.*GET localhost:\d+\/v1\/sessions.*200.*ms/);
  const text = await dialog.innerText();
  expect(text).not.toContain(demoUser);
  expect(text).not.toMatch(/[?=]|cas_demo_/);

  const before = await rows.count();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await searchDemoUser(page);
  await showRequests(page);
  const refresh = dialog.getByRole('button', { name: 'Refresh' });
  const countAnew = async (): Promise<number> => {
    await refresh.press('Enter');
    return rows.count();
  };
  await expect.poll(countAnew).toBe(before + 1);
});
