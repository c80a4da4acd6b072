import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesktopSession } from '../electron/desktop-session.mjs';
import { driveApp } from '../electron/drive.mjs';
import { hangLimitMs } from '../time-limits.mjs';

/**
 * Runs a part of the demo in the real app, with a private desktop session and a new home folder.
 * @template T
 * @param {{ keyring: boolean, args?: string[] }} options
 * @param {(window: { app: import('@playwright/test').ElectronApplication, page: import('@playwright/test').Page }) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function withDemoApp({ keyring, args = [] }, act) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  const session = await openDesktopSession({ home, keyring, bus: keyring, display: 'own' });
  try {
    const app = await driveApp({ home, env: session.env, args });
    const page = await app.firstWindow({ timeout: hangLimitMs });
    try {
      await page.setViewportSize({ width: 1360, height: 860 });
      return await act({ app, page });
    } catch (error) {
      // The screenshot explains more than the message.
      await page.screenshot({ path: join(tmpdir(), 'casement-demo-failed.png') });
      throw error;
    } finally {
      await app.close();
    }
  } finally {
    await session.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Returns the text of the replayed page once it contains the expected text. Locators don't work in the page's frame, which has no scripts,
 * so the text is polled.
 * @param {import('@playwright/test').Page} page
 * @param {string} expected
 * @returns {Promise<string>}
 */
export async function readReplay(page, expected) {
  const deadline = Date.now() + hangLimitMs;
  for (;;) {
    const stage = page.frames().find((frame) => frame.parentFrame()?.url().startsWith('replay:'));
    const text = await stage?.evaluate(() => document.body?.innerText ?? '').catch(() => '');
    if (text?.includes(expected)) return text;
    if (Date.now() > deadline) throw new Error('The replay did not show the recorded page.');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
