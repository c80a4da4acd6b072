import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { casement } from '../helpers/command-line';
import { resourcePath } from '../helpers/fixtures';
import { answerOpenDialog, answerSaveDialog, expect, test } from './casement';
import { openDemoSession, waitForReplay } from './steps';

const harbor = resourcePath('demo/harbor-checkout.json.gz');

/** Saves the open session as a case file. */
async function exportCase(app: ElectronApplication, page: Page, path: string, passphrase = ''): Promise<void> {
  await answerSaveDialog(app, path);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Case file', { exact: true }).click();
  await expect(dialog.getByRole('switch', { name: 'Sign with my key' })).toBeChecked();
  await dialog.getByRole('textbox', { name: /^Passphrase/ }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('heading', { name: 'Saved' }).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

async function openFile(app: ElectronApplication, page: Page, path: string): Promise<void> {
  await answerOpenDialog(app, path);
  await page.getByRole('button', { name: 'Open file' }).first().click();
}

const verdict = (page: Page, name: RegExp) =>
  page.getByRole('region', { name: 'Show verification details' }).getByText(name);

test('a case file names its signer, and opens only with its passphrase', async ({ desktop }) => {
  const at = (name: string): string => join(desktop.exchange, name);
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'anna', '-f', at('anna')]);
  const fingerprint = / (SHA256:\S+) /.exec(
    spawnSync('ssh-keygen', ['-l', '-f', at('anna.pub')]).stdout.toString(),
  )?.[1];
  expect(await casement('pack', harbor, '--out', at('anna.casement'), '--sign', at('anna'))).toMatchObject({ code: 0 });
  chmodSync(at('anna.casement'), 0o644);

  // The user's own case file, with a passphrase.
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  await exportCase(app, page, at('own.casement'), 'harbor at noon');
  expect(readFileSync(at('own.casement')).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  await openFile(app, page, at('own.casement'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill('harbor at night');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(dialog.getByText('The passphrase is incorrect.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill('harbor at noon');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await verdict(page, /hashes verified · signed by you$/).waitFor();
  await waitForReplay(page);

  // A case file by an unknown signer, whom the user then names.
  await openFile(app, page, at('anna.casement'));
  await verdict(page, /signed by an unknown key$/).click();
  await page.screenshot({ path: test.info().outputPath('unknown.png') });
  await page.getByRole('button', { name: 'Name this signer…' }).click();
  await expect(dialog.getByText(fingerprint ?? '')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await page.screenshot({ path: test.info().outputPath('name.png') });
  await page.keyboard.press('Enter');
  await verdict(page, /signed by Anna \(known\)$/).waitFor();
  await app.close();

  const { app: later, page: again } = await desktop.start({ args: [at('anna.casement')] });
  await verdict(again, /signed by Anna \(known\)$/).waitFor();
  await again.getByRole('button', { name: 'Settings' }).click();
  const settings = again.getByRole('dialog');
  const name = settings.getByRole('textbox', { name: `Name for ${fingerprint}` });
  await name.fill('Anna Berg');
  await name.press('Enter');
  await settings.getByRole('button', { name: 'Export…' }).scrollIntoViewIfNeeded();
  await again.screenshot({ path: test.info().outputPath('settings.png') });
  await again.emulateMedia({ colorScheme: 'dark' });
  await again.screenshot({ path: test.info().outputPath('settings-dark.png') });
  await answerSaveDialog(later, at('allowed_signers'));
  await settings.getByRole('button', { name: 'Export…' }).click();
  await expect(again.getByText('Saved as allowed_signers.')).toBeVisible();
  expect(readFileSync(at('allowed_signers'), 'utf8')).toMatch(/^"Anna Berg" namespaces="casement-case" ssh-ed25519 /);
  await settings.getByRole('button', { name: 'Forget Anna Berg' }).click();
  await again.keyboard.press('Escape');
  await verdict(again, /signed by an unknown key$/).waitFor();
  await again.getByRole('button', { name: 'Undo' }).click();
  await verdict(again, /signed by Anna Berg \(known\)$/).waitFor();
});
