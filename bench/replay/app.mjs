import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { driveApp } from '../../scripts/electron/drive.mjs';
import { hangLimitMs } from '../../scripts/time-limits.mjs';
import { probeFrame } from './frame-probe.mjs';

/**
 * Starts the real app, sandbox on, with an empty library. Its open dialog returns a copy of this file.
 * @template T
 * @param {string} recording
 * @param {(page: import('@playwright/test').Page, app: import('@playwright/test').ElectronApplication) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withApp(recording, use) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  const files = mkdtempSync(join(tmpdir(), 'cas-files-'));
  chmodSync(files, 0o755);
  const file = join(files, basename(recording));
  copyFileSync(recording, file);
  chmodSync(file, 0o644);
  const session = await openDesktopSession({ home, keyring: true, display: 'own' });
  try {
    const app = await driveApp({ home, env: { ...session.env, CASEMENT_HOME: join(home, 'data') } });
    try {
      await app.context().addInitScript(probeFrame);
      const page = await app.firstWindow({ timeout: hangLimitMs });
      await page.setViewportSize({ width: 1360, height: 860 });
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, file);
      return await use(page, app);
    } finally {
      await app.close();
    }
  } finally {
    await session.stop();
    for (const folder of [home, files]) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Clicks a button that opens a replay and returns the time until its first page is painted, ms.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').Locator} button
 */
export async function timeToPicture(page, button) {
  await button.waitFor();
  await waitFor(() => replayFrames(page).length === 0);
  const clickedAt = await button.evaluate((element) => {
    const at = performance.timeOrigin + performance.now();
    /** @type {HTMLElement} */ (element).click();
    return at;
  });
  const frame = await replayFrame(page);
  return (await frame.evaluate(() => window.benchProbe?.readyAt ?? NaN)) - clickedAt;
}

/**
 * Waits until the replay frame has painted its first page, and returns the frame.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<import('@playwright/test').Frame>}
 */
export async function replayFrame(page) {
  /** @type {import('@playwright/test').Frame | undefined} */
  let ready;
  await waitFor(async () => {
    for (const frame of replayFrames(page)) {
      const isReady = await frame.evaluate(() => (window.benchProbe?.readyAt ?? 0) > 0).catch(() => false);
      if (isReady) ready = frame;
    }
    return ready !== undefined;
  });
  if (!ready) throw new Error('There is no replay.');
  return ready;
}

/** @param {import('@playwright/test').Page} page */
function replayFrames(page) {
  return page.frames().filter((frame) => frame.url().startsWith('replay:'));
}

/** @param {() => boolean | Promise<boolean>} condition */
async function waitFor(condition) {
  const deadline = Date.now() + hangLimitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The replay did not reach the expected state.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
