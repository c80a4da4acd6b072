import axe from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, test } from './casement';
import { openDemoSession, showRequests } from './steps';

/** What axe finds against WCAG 2.2 A and AA in the shell. The replay frame holds somebody else's page. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    return runner.run(
      { include: ['body'], exclude: ['iframe'] },
      { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    );
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const theme of ['Light', 'Dark']) {
  test(`every view can be used by everyone: ${theme}`, async ({ desktop }) => {
    const { page } = await desktop.start();
    await page.getByRole('combobox', { name: 'Theme' }).click();
    await page.getByRole('option', { name: theme }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a source' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await openDemoSession(page);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Idle' }).fill('soon');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('From 1 to 3,600')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More about this session' }).click();
    await page.getByRole('menuitem', { name: 'Add to a case…' }).click();
    await page.getByRole('textbox', { name: 'Title of the new case' }).fill('Payments fail');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: /^Cases/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Payments fail/ }).click();
    await expect(page.getByRole('list', { name: 'Timeline of all sessions' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('case.png') });
    await page.getByRole('region', { name: 'Sessions', exact: true }).getByRole('button').first().click();
    await page.keyboard.press('e');
    await expect(page.getByText('What is hidden')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Library/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Search all', exact: true }).click();
    await page.getByRole('textbox', { name: 'Search all sessions' }).fill('confirm order');
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await expect(page.getByRole('list', { name: 'Results' }).locator('mark').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Search all sessions' }).fill('nowhere to be found');
    await expect(page.getByText('Nothing found')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Demo/ }).click();
    await expect(page.getByText(/^\d+ sessions/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await showRequests(page);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('requests.png') });
  });
}
