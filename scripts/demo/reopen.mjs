import { join } from 'node:path';
import { runCommand } from '../bootstrap/plain-error.mjs';
import { withDemoApp, readReplay } from './app.mjs';

// Simulates a reviewer's computer: no key, no keychain, no network, and nothing but the case file.
await runCommand(async () => {
  const [caseFile = '', files = ''] = process.argv.slice(2);
  /** @type {string[]} */
  const lines = await withDemoApp({ keyring: false, args: [caseFile] }, async ({ page }) => {
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.getByRole('switch', { name: 'Work offline' }).click();
    await page.getByRole('textbox', { name: 'Search events' }).fill('confirm order');
    await page.getByText('Clicked button “Confirm order”').first().click();
    const seen = await readReplay(page, 'Confirm order');
    await page.getByRole('button', { name: /hashes verified/ }).click();
    await page.getByText('Manifest SHA-256').waitFor();
    await page.screenshot({ path: join(files, '6-reopened-offline.png') });
    const hash = await page
      .getByText(/sha256:[0-9a-f]{64}/)
      .first()
      .innerText();
    return [
      `reopened  without key or keychain; hashes verified, ${hash.trim()}`,
      `replay    ${seen.split(/\s+/).length} words of the redacted page on the screen`,
    ];
  });
  process.stdout.write(`${lines.join('\n')}\n`);
});
