import type { Page } from '@playwright/test';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOpenDialog, answerSaveDialog, expect, test } from './casement';
import { demoUser, openDemoSession } from './steps';
import { violations } from './violations';

/** Returns the text of a replayed page: the original on the left, or its redaction on the right. */
async function shownText(page: Page, side: 'left' | 'right'): Promise<string> {
  const frame = page
    .frames()
    .find((each) => each.url().startsWith('replay://') && each.url().includes('://redacted-') === (side === 'right'));
  const shown = await frame?.$('.scene.is-shown iframe').catch(() => null);
  const recorded = await shown?.contentFrame();
  return (await recorded?.evaluate(() => document.body?.innerText ?? '').catch(() => '')) ?? '';
}

async function openPolicies(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Redaction policies' }).click();
  await expect(page.getByRole('heading', { name: 'Redaction policies' })).toBeVisible();
}

const hidden = (page: Page) => page.getByRole('group', { name: 'What is hidden' });
const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Redaction policies' }).getByRole('button', { name: new RegExp(`^${name}`) });

test('a policy is duplicated, edited with a preview, saved, deleted, restored, exported and imported', async ({
  desktop,
}) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await openPolicies(page);
  await page.screenshot({ path: test.info().outputPath('policies.png') });

  // A built-in policy can be viewed but not edited.
  await row(page, 'Readable interface').click();
  await expect(page.getByText('Duplicate this policy to customize it')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Mask', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { name: 'readable-2' })).toBeVisible();

  await page.getByRole('combobox', { name: 'Session' }).selectOption({ index: 1 });
  await expect.poll(() => shownText(page, 'left')).toContain('Harbor Goods');
  await expect.poll(() => shownText(page, 'right')).not.toBe('');
  await expect(hidden(page).getByRole('region', { name: 'By rule' })).toBeVisible();
  await page.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await shownText(page, 'left')).length).toBeGreaterThan(0);
  for (const secret of [demoUser, 'Priya']) expect(await shownText(page, 'right')).not.toContain(secret);
  await page.screenshot({ path: test.info().outputPath('editor.png') });

  // Errors are shown at their fields, and the preview isn't updated.
  const mask = page.getByRole('textbox', { name: 'Mask', exact: true });
  await mask.fill('.total\nbutton >');
  await expect(page.getByText('Line 2 is not a supported CSS selector.')).toBeVisible();
  await expect(page.getByText('Fix them to update the preview.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await page.screenshot({ path: test.info().outputPath('wrong.png') });
  await mask.fill('h1, button');
  await expect(hidden(page).getByText('Mask: h1, button')).toBeVisible();

  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByRole('textbox', { name: 'Pattern', exact: true }).fill('ORD-[0-9]+');
  await page.getByRole('textbox', { name: 'Test patterns' }).fill('Order ORD-4711 and ORD-4712');
  await expect(page.getByText('2 matches')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Matches' }).locator('mark').first()).toHaveText('ORD-4711');
  await page.getByRole('group', { name: 'Matches' }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('patterns.png') });

  await page.getByRole('switch', { name: 'Keep text seen by many users' }).click();
  await expect(page.getByRole('textbox', { name: 'Minimum number of users' })).toHaveValue('5');
  await page.getByRole('textbox', { name: 'Minimum number of users' }).fill('1');
  await expect(page.getByText('This has an invalid value.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Minimum number of users' }).fill('3');

  // Leaving with unsaved changes asks for confirmation.
  await page.getByRole('button', { name: /^Library/ }).click();
  const question = page.getByRole('dialog', { name: 'Save changes?' });
  await expect(question).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('question.png') });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('support-tickets');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('“support-tickets” was saved.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'support-tickets' })).toBeVisible();

  const file = join(desktop.exchange, 'support.json');
  await answerSaveDialog(app, file);
  await page.getByRole('button', { name: 'More about support-tickets' }).click();
  await page.getByRole('menuitem', { name: 'Export to file' }).click();
  await expect(page.getByText('support.json was saved.')).toBeVisible();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    name: 'support-tickets',
    mask: ['h1, button'],
    patterns: [{ pattern: 'ORD-[0-9]+' }],
    sharedText: { minUsers: 3 },
  });

  await page.getByRole('button', { name: 'More about support-tickets' }).click();
  await page.getByRole('menuitem', { name: 'Delete policy' }).click();
  await expect(page.getByText('The policy “support-tickets” was deleted.')).toBeVisible();
  await expect(row(page, 'support-tickets')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'support-tickets')).toBeVisible();
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(row(page, 'support-tickets-2')).toBeVisible();

  // The editor opens from the export dialog, with a preview of the exported session.
  await page
    .getByRole('button', { name: new RegExp(demoUser) })
    .first()
    .click();
  await page.keyboard.press('e');
  await page.getByRole('combobox', { name: 'Redaction policy' }).click();
  await page.getByRole('option', { name: /^support-tickets\s/ }).click();
  await page.getByRole('button', { name: 'Edit or duplicate this policy' }).click();
  await expect(page.getByRole('heading', { name: 'support-tickets' })).toBeVisible();
  await expect.poll(() => shownText(page, 'right')).not.toBe('');
});

test('the company’s policy is shown where it applies', async ({ desktop }) => {
  const path = join(desktop.exchange, 'floor.json');
  const floor = { policyVersion: 2, name: 'acme', words: 'interface', mask: ['.salary'], sharedText: 'off' };
  writeFileSync(path, JSON.stringify({ ...floor, patterns: [{ name: 'staff', pattern: 'STAFF-[0-9]+' }] }));
  chmodSync(path, 0o644);
  const { page } = await desktop.start({ env: { CASEMENT_POLICY_FLOOR: path } });
  await openDemoSession(page);
  await openPolicies(page);
  await expect(page.getByText('Your company’s policy “acme” applies to every export.')).toBeVisible();
  await page.getByRole('button', { name: 'More about internal' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByText('.salary')).toBeVisible();
  await expect(page.getByText('staff: STAFF-[0-9]+')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Email addresses' })).toBeDisabled();
  await expect(page.getByRole('switch', { name: 'Keep text seen by many users' })).toBeDisabled();
  await expect(page.getByRole('combobox', { name: 'Request and response bodies' })).toBeDisabled();
  await expect(page.getByRole('combobox', { name: 'Request and response bodies' })).toHaveValue('none');
  await page.getByRole('combobox', { name: 'Session' }).selectOption({ index: 1 });
  await expect.poll(() => shownText(page, 'right')).not.toBe('');
  await page.screenshot({ path: test.info().outputPath('floor.png') });
});

for (const theme of ['Light', 'Dark']) {
  test(`the policy editor is accessible: ${theme}`, async ({ desktop }) => {
    const { page } = await desktop.start();
    await page.getByRole('combobox', { name: 'Theme' }).click();
    await page.getByRole('option', { name: theme }).click();
    await openDemoSession(page);
    await openPolicies(page);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'New policy' }).click();
    await expect(page.getByRole('heading', { name: 'my-policy' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Session' }).selectOption({ index: 1 });
    await expect(hidden(page)).toBeVisible();
    await page.getByRole('textbox', { name: 'Remove' }).fill('p >');
    await expect(page.getByText('Line 1 is not a supported CSS selector.')).toBeVisible();
    await page.getByRole('button', { name: 'Add pattern' }).click();
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.getByRole('switch', { name: 'Keep text seen by many users' }).click();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`editor-${theme}.png`) });
    await page.getByRole('button', { name: /^Library/ }).click();
    await expect(page.getByRole('dialog', { name: 'Save changes?' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
