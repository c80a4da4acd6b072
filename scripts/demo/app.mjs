import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesktopSession } from '../electron/desktop-session.mjs';
import { driveApp } from '../electron/drive.mjs';
import { hangLimitMs } from '../time-limits.mjs';

/**
 * Runs a part of the demo in the real app, on a desktop of its own with a home that nobody used before.
 * @template T
 * @param {{ keyring: boolean, args?: string[] }} options
 * @param {(window: { app: import('@playwright/test').ElectronApplication, page: import('@playwright/test').Page }) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function inTheApp({ keyring, args = [] }, act) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  const session = await openDesktopSession({ home, keyring, bus: keyring, display: 'own' });
  try {
    const app = await driveApp({ home, env: session.env, args });
    const page = await app.firstWindow({ timeout: hangLimitMs });
    try {
      await page.setViewportSize({ width: 1360, height: 860 });
      return await act({ app, page });
    } catch (error) {
      // What was on the screen says more than the sentence.
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
 * The text of the replayed page, once it holds what it should. The page sits in a frame without scripts, where locators don't
 * reach, so it is read until it is there.
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
