import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePage } from '../../scripts/browser/page.mjs';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { driveApp } from '../../scripts/electron/drive.mjs';
import { hangLimitMs } from '../../scripts/time-limits.mjs';

/**
 * @typedef {object} PlayerRun
 * @property {number} openMs   from the request for the recording to the first picture
 * @property {number} parseMs  of that, JSON.parse
 * @property {number[]} seeksMs
 */

/**
 * Runs the peer: rrweb-player with its default settings, in the same Electron.
 * @param {string} recording  a JSON array of events
 * @param {readonly number[]} targets  ms from the start
 * @returns {Promise<PlayerRun>}
 */
export async function runPlayer(recording, targets) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  // Electron may run as another user, who must be able to read these.
  const files = mkdtempSync(join(tmpdir(), 'cas-peer-'));
  chmodSync(files, 0o755);
  const session = await openDesktopSession({ home, keyring: false, bus: false, display: 'own' });
  try {
    for (const name of ['package.json', 'main.cjs'])
      copyFileSync(join(cloneDir, 'bench', 'replay', 'player-app', name), join(files, name));
    writeFileSync(join(files, 'page.js'), await bundlePage('bench/replay/player-page.ts'));
    copyFileSync(join(cloneDir, 'node_modules', 'rrweb-player', 'dist', 'style.css'), join(files, 'style.css'));
    writeFileSync(
      join(files, 'index.html'),
      '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="style.css"><body></body><script src="page.js"></script>',
    );
    copyFileSync(recording, join(files, 'recording.json'));
    for (const name of ['page.js', 'style.css', 'index.html', 'recording.json']) chmodSync(join(files, name), 0o644);
    const app = await driveApp({ home, env: { ...session.env, BENCH_FILES: files }, appDir: files });
    try {
      const page = await app.firstWindow({ timeout: hangLimitMs });
      await page.waitForFunction(() => 'openRecording' in window);
      const opened = await page.evaluate(() => window.openRecording('recording.json'));
      const seeksMs = [];
      for (const target of targets) {
        const { ms } = await page.evaluate((atMs) => window.seekTo(atMs), target);
        seeksMs.push(ms);
      }
      return { openMs: opened.ms, parseMs: opened.parseMs, seeksMs };
    } finally {
      await app.close();
    }
  } finally {
    await session.stop();
    for (const folder of [home, files]) rmSync(folder, { recursive: true, force: true });
  }
}
