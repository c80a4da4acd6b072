import { _electron } from '@playwright/test';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { electronLaunch } from '../../scripts/electron/launch.mjs';
import { probeFrame } from './frame-probe.mjs';

/** For what is waited for: an import of the longest recording on a slow machine. */
const limitMs = 300_000;

/**
 * @typedef {object} CasementRun
 * @property {number} importMs  in the app, from the choice of the file to the session on the screen
 * @property {number[]} opensMs  from the click on the stored session to its first picture
 * @property {number[]} seeksMs  from the command to the moment at which the frame says that the picture was painted
 * @property {number[]} laterMs  the same, and two animation frames more
 * @property {Record<string, number[]>} parts  of the seeks: what the frame measured of its own work, by name, ms
 */

/**
 * Imports a recording in the real app, sandbox on, opens it from the vault a few times and seeks in it.
 * @param {string} recording
 * @param {readonly number[]} targets  ms from the start
 * @param {{ opens?: number }} [options]
 * @returns {Promise<CasementRun>}
 */
export async function runCasement(recording, targets, { opens = 5 } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  const files = mkdtempSync(join(tmpdir(), 'cas-files-'));
  chmodSync(files, 0o755);
  const file = join(files, basename(recording));
  copyFileSync(recording, file);
  chmodSync(file, 0o644);
  const session = await openDesktopSession({ home, keyring: true, display: 'own' });
  try {
    const app = await _electron.launch(
      electronLaunch({ home, env: { ...session.env, CASEMENT_HOME: join(home, 'data') } }),
    );
    try {
      await app.context().addInitScript(probeFrame);
      const page = await app.firstWindow();
      page.setDefaultTimeout(limitMs);
      await page.setViewportSize({ width: 1360, height: 860 });
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, file);
      const started = Date.now();
      await page.getByRole('button', { name: 'Open a file' }).first().click();
      await replayFrame(page);
      const importMs = Date.now() - started;
      const opensMs = [];
      for (let count = 0; count < opens; count++) opensMs.push(await openStored(page, basename(recording)));
      const frame = await replayFrame(page);
      const seeksMs = [];
      const laterMs = [];
      await frame.evaluate(() => performance.clearMeasures());
      for (const target of targets) {
        const took = await frame.evaluate((atMs) => window.benchProbe?.seek(atMs), target);
        if (!took) throw new Error('The replay was loaded anew while it was measured.');
        seeksMs.push(took.ms);
        laterMs.push(took.laterMs);
      }
      return { importMs, opensMs, seeksMs, laterMs, parts: await frame.evaluate(readParts) };
    } finally {
      await app.close();
    }
  } finally {
    await session.stop();
    for (const folder of [home, files]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs in the frame. */
function readParts() {
  /** @type {Record<string, number[]>} */
  const parts = {};
  for (const { name, duration } of performance.getEntriesByType('measure')) (parts[name] ??= []).push(duration);
  return parts;
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} title
 */
async function openStored(page, title) {
  await page.getByRole('button', { name: /^Library/ }).click();
  const row = page.getByRole('list', { name: 'Stored sessions' }).getByRole('button', { name: title }).first();
  await row.waitFor();
  await waitFor(() => replayFrames(page).length === 0);
  const clickedAt = await row.evaluate((button) => {
    const at = performance.timeOrigin + performance.now();
    /** @type {HTMLElement} */ (button).click();
    return at;
  });
  const frame = await replayFrame(page);
  return (await frame.evaluate(() => window.benchProbe?.readyAt ?? NaN)) - clickedAt;
}

/**
 * The replay frame, once it has shown its first picture.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<import('@playwright/test').Frame>}
 */
async function replayFrame(page) {
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
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The replay did not become what was waited for.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
