import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerOpenDialog, answerSaveDialog, expect, test } from './casement';
import { openDemoSession, searchDemoUser, waitForReplay } from './steps';

const caseTimeline = (page: Page) => page.getByRole('region', { name: 'Timeline of all sessions' });

test('sessions are grouped in a case with one timeline, which is kept after a restart', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);

  // A bookmark, and a note that uses every field.
  await page.keyboard.press('b');
  await expect(page.getByText('Bookmark added at 0:00.')).toBeVisible();
  await page.keyboard.press('5');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Note', exact: true }).fill('The payment fails here');
  await page.getByRole('textbox', { name: 'Tags' }).fill('checkout, eu');
  await page.getByRole('combobox', { name: 'Severity' }).click();
  await page.getByRole('option', { name: 'Problem' }).click();
  await page.getByRole('button', { name: 'Save note' }).click();
  const events = page.getByRole('list', { name: 'Events' });
  await expect(events.getByText('The payment fails here')).toBeVisible();
  await expect(events.getByText('checkout', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'More about this session' }).click();
  await page.getByRole('menuitem', { name: 'Add to case…' }).click();
  await page.getByRole('textbox', { name: 'Title of the new case' }).fill('Payments fail with 502');
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Added to “Payments fail with 502”.').waitFor();
  await page.getByRole('button', { name: 'Open', exact: true }).click();

  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Payments fail with 502');
  await expect(caseTimeline(page).getByText('The payment fails here')).toBeVisible();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('waiting');
  await page.getByRole('textbox', { name: 'Owner' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Tags' }).fill('checkout');
  await page.getByRole('textbox', { name: 'Description' }).fill('Three customers wrote in since noon.');
  await page.getByRole('button', { name: 'Add text' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ticket');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('It said: try again later.');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Ticket', { exact: true })).toBeVisible();

  // A second session is added in the case; its entries are merged into the timeline.
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await searchDemoUser(page);
  await page.getByRole('button', { name: 'Download all' }).click();
  await expect(page.getByText('3 sessions are in your library.')).toBeVisible();
  await page.getByRole('button', { name: /^Cases/ }).click();
  await page.getByRole('button', { name: /^Payments fail with 502/ }).click();
  const chooser = page.getByRole('combobox', { name: 'Add session' });
  await chooser.selectOption({ index: 1 });
  await expect(page.getByRole('region', { name: 'Sessions', exact: true }).getByRole('listitem')).toHaveCount(2);
  await expect(
    caseTimeline(page)
      .getByRole('listitem')
      .filter({ hasText: /^\s*[\d:]+\s*2\s/ })
      .first(),
  ).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('case.png') });

  // An entry opens its session at that time.
  await caseTimeline(page).getByRole('textbox').fill('payment fails');
  await caseTimeline(page).getByText('The payment fails here').click();
  await waitForReplay(page);
  await expect(page.getByRole('slider', { name: 'Position' })).not.toHaveAttribute('aria-valuenow', '0');
  await page.screenshot({ path: test.info().outputPath('session.png') });
  await app.close();

  const { app: later, page: again } = await desktop.start();
  await again.getByRole('button', { name: /^Cases/ }).click();
  await expect(again.getByRole('button', { name: /^Payments fail with 502/ })).toContainText('Waiting');
  await again.screenshot({ path: test.info().outputPath('cases.png') });
  await again.getByRole('button', { name: /^Payments fail with 502/ }).click();
  await expect(again.getByRole('textbox', { name: 'Owner' })).toHaveValue('Ada');
  await expect(again.getByText('Ticket', { exact: true })).toBeVisible();
  await again.getByRole('button', { name: 'More about this case' }).click();
  await again.getByRole('menuitem', { name: 'Remove case' }).click();
  await expect(again.getByText('No cases yet')).toBeVisible();
  await again.getByRole('button', { name: 'Undo' }).click();
  await expect(again.getByRole('button', { name: /^Payments fail with 502/ })).toBeVisible();

  // The case is exported as one case file, which becomes a case when it is opened.
  const path = join(desktop.exchange, 'case.casement');
  await answerSaveDialog(later, path);
  await again.getByRole('button', { name: /^Payments fail with 502/ }).click();
  await again.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = again.getByRole('dialog');
  await expect(
    dialog.getByRole('list', { name: 'Preview of the export' }).getByText('Session 2').first(),
  ).toBeVisible();
  await again.screenshot({ path: test.info().outputPath('export.png') });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('heading', { name: 'Saved' }).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await answerOpenDialog(later, path);
  await again.getByRole('button', { name: 'Open file' }).first().click();
  // It is replayed while it is verified; going back from there shows the case.
  await again.getByRole('button', { name: /hashes verified · signed by you$/ }).waitFor();
  await expect(again.getByText('was added to your cases.')).toBeVisible();
  await again.getByRole('button', { name: 'Back to the list' }).click();
  const origin = again.getByRole('region', { name: 'Origin of this case' });
  await expect(origin).toContainText('signed by you');
  await expect(again.getByRole('textbox', { name: 'Owner' })).toHaveValue('Ada');
  await expect(again.getByText('Ticket', { exact: true })).toBeVisible();
  await expect(again.getByRole('region', { name: 'Sessions', exact: true }).getByRole('listitem')).toHaveCount(2);
  await expect(caseTimeline(again).getByText('The payment fails here')).toBeVisible();
  await again.screenshot({ path: test.info().outputPath('opened.png') });
  await again.emulateMedia({ colorScheme: 'dark' });
  await again.screenshot({ path: test.info().outputPath('opened-dark.png') });
});
