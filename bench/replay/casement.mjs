import { basename } from 'node:path';
import { replayFrame, timeToPicture, withApp } from './app.mjs';

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
  return withApp(recording, async (page) => {
    const started = Date.now();
    await page.getByRole('button', { name: 'Open file' }).first().click();
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
      if (!took) throw new Error('The replay was reloaded during the measurement.');
      seeksMs.push(took.ms);
      laterMs.push(took.laterMs);
    }
    return { importMs, opensMs, seeksMs, laterMs, parts: await frame.evaluate(readParts) };
  });
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
  return timeToPicture(page, row);
}
