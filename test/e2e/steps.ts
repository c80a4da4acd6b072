import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Whose payment fails in the demo. */
export const demoUser = 'priya.raman@harbor-example.com';

/** From the welcome to the newest session of the demo's user, open and ready to play. */
export async function openDemoSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await openFoundSession(page);
}

/** Opens the newest of the sessions that a search found. */
export async function openFoundSession(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: 'Sessions' })
    .getByRole('button', { name: new RegExp(`^${demoUser}`) })
    .first()
    .click();
  await waitForReplay(page);
}

/** Opens the demo's session out of the library and sees that its page is there. */
export async function openStoredSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Library/ }).click();
  await page
    .getByRole('list', { name: 'Stored sessions' })
    .getByRole('button', { name: new RegExp(`^${demoUser}`) })
    .first()
    .click();
  await waitForReplay(page);
  await expect.poll(() => replayedText(page)).toContain('Harbor Goods');
}

export async function searchDemoUser(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'User email' }).fill(demoUser);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
}

export async function waitForReplay(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
}

/** The text of the replayed page. It sits in a frame without scripts, where locators don't reach. */
export async function replayedText(page: Page): Promise<string> {
  const stage = page.frames().find((frame) => frame.parentFrame()?.url().startsWith('replay:'));
  return (await stage?.evaluate(() => document.body?.innerText ?? '').catch(() => '')) ?? '';
}

/** How far the replay is, in whole seconds from the start. */
export async function playheadSeconds(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow'));
}
