import { join } from 'node:path';
import { withDemoApp, readReplay } from './app.mjs';

/** The demo's user whose payment fails. */
const user = 'priya.raman@harbor-example.com';

/**
 * Goes from the first run to the saved case file: key into the keychain, session over TLS, replay, note, exports.
 * @param {string} files the folder for exports and screenshots
 * @returns {Promise<string[]>} the steps done, one line each
 */
export function runFirstSession(files) {
  return withDemoApp({ keyring: true }, async ({ app, page }) => {
    /** @param {string} name */
    const shoot = (name) => page.screenshot({ path: join(files, `${name}.png`) });

    await page.getByRole('button', { name: 'Try the demo' }).waitFor();
    await shoot('1-first-run');
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await page.getByText('Key in keychain').waitFor();
    const address = await page
      .getByText(/^https:\/\/localhost:\d+/)
      .first()
      .innerText();

    await page.getByRole('textbox', { name: 'Search this source' }).fill(user);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const sessions = page.getByRole('button', { name: new RegExp(`^${user}`) });
    await page.getByText('3 sessions', { exact: true }).waitFor();
    await shoot('2-session-list');

    await sessions.first().click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.getByText('Clicked button “Confirm order”').first().click();
    const seen = await readReplay(page, 'Harbor Goods');
    await page.keyboard.press('n');
    await page
      .getByRole('textbox', { name: 'Note' })
      .fill('Confirm does nothing five times: the server answers 502 and the page is silent.');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Confirm does nothing/)
      .first()
      .waitFor();
    await shoot('3-replay');

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText('What is hidden').waitFor();
    await shoot('4-export-preview');
    for (const [format, name] of [
      ['Markdown', 'timeline.md'],
      ['Report', 'timeline.html'],
      ['PDF', 'timeline.pdf'],
      ['Replay page', 'replay.html'],
      ['CSV', 'timeline.csv'],
      ['JSON Lines', 'timeline.jsonl'],
      ['Case file', 'case.casement'],
    ]) {
      await answerSaveDialog(app, join(files, name ?? ''));
      await page
        .getByRole('dialog')
        .getByText(format ?? '', { exact: true })
        .click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      if (format !== 'Case file') await page.getByRole('button', { name: 'Export again' }).click();
    }
    await shoot('5-saved');
    return [
      `key       issued by the demo server, kept in the keychain`,
      `session   of ${user}, pulled over TLS from ${address}`,
      `replay    ${seen.split(/\s+/).length} words of the recorded page on the screen`,
      'exports   Markdown, report, PDF, replay page, CSV, JSON Lines, case file, each past the leak gate',
    ];
  });
}

/**
 * Replaces the system's dialog, which can't be clicked from here.
 * @param {import('@playwright/test').ElectronApplication} app
 * @param {string} path
 */
async function answerSaveDialog(app, path) {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}
