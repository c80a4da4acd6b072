import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { driveApp } from '../../scripts/electron/drive.mjs';
import { alternate } from '../alternate.mjs';
import { judge, median } from '../figures.mjs';

/**
 * Starts the app until its first button can be clicked, beside an Electron window with nothing but a button.
 * @param {{ rounds?: number }} [options]
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureStart({ rounds = 5 } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'cas-'));
  const empty = mkdtempSync(join(tmpdir(), 'cas-empty-'));
  chmodSync(empty, 0o755);
  for (const name of ['package.json', 'main.cjs']) {
    copyFileSync(join(cloneDir, 'bench', 'start', 'empty-app', name), join(empty, name));
    chmodSync(join(empty, name), 0o644);
  }
  const session = await openDesktopSession({ home, keyring: true, display: 'own' });
  const env = { ...session.env, CASEMENT_HOME: join(home, 'data') };
  /** @param {string} [appDir] */
  const start = async (appDir) => {
    const started = performance.now();
    const app = await driveApp({ home, env, ...(appDir !== undefined && { appDir }) });
    try {
      const page = await app.firstWindow();
      await page.getByRole('button', { name: 'Open file' }).first().click({ trial: true });
      return performance.now() - started;
    } finally {
      await app.close();
    }
  };
  try {
    // The first start of each fills the disk cache and creates the vault.
    await start();
    await start(empty);
    const runs = await alternate(
      rounds,
      () => start(),
      () => start(empty),
    );
    const ratio = runs.ratio(
      (ms) => ms,
      (ms) => ms,
    );
    return [
      judge({
        name: 'start to usable window',
        value: median(runs.ours),
        unit: 'ms',
        peer: { name: 'an empty Electron window', value: median(runs.peer), ratio },
        limit: { most: 1.6, of: 'ratio' },
        note: 'from starting the process until a button can be clicked',
        details: {
          runs: runs.ours.map(Math.round).join(' '),
          peerRuns: runs.peer.map(Math.round).join(' '),
        },
      }),
    ];
  } finally {
    await session.stop();
    for (const folder of [home, empty]) rmSync(folder, { recursive: true, force: true });
  }
}
