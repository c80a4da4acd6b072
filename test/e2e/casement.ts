import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driveApp } from '../../scripts/electron/drive.mjs';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { hangLimitMs } from '../../scripts/time-limits.mjs';

/** The running application, as a user has it in front of them. */
interface Casement {
  app: ElectronApplication;
  page: Page;
}

export interface Desktop {
  /** The folder of the app's user: its keyring and its data. */
  home: string;
  /** A folder that the app's user may read and write, for files that it opens and saves. */
  exchange: string;
  /** Starts the app; closed by itself at the end of the test, or by `app.close()` before. */
  start(options?: { args?: string[]; env?: Record<string, string> }): Promise<Casement>;
}

interface Options {
  keyring: boolean | 'locked';
  bus: boolean;
}

/** Each test has a desktop of its own: display, session bus, real keyring, and a home that nobody used before. */
export const test = base.extend<Options & { desktop: Desktop }>({
  keyring: [true, { option: true }],
  bus: [true, { option: true }],
  desktop: async ({ keyring, bus }, use) => {
    // Sockets live under the home, and their paths may not be long.
    const home = mkdtempSync(join(tmpdir(), 'cas-'));
    const exchange = mkdtempSync(join(tmpdir(), 'cas-files-'));
    chmodSync(exchange, 0o777);
    const session = await openDesktopSession({ home, keyring, bus, display: 'own' });
    const running = new Set<ElectronApplication>();
    const start: Desktop['start'] = async ({ args = [], env = {} } = {}) => {
      const app = await driveApp({ home, env: { ...session.env, CASEMENT_HOME: join(home, 'data'), ...env }, args });
      running.add(app);
      app.on('close', () => running.delete(app));
      const page = await app.firstWindow({ timeout: hangLimitMs });
      await page.setViewportSize({ width: 1360, height: 860 });
      return { app, page };
    };
    try {
      await use({ home, exchange, start });
    } finally {
      for (const app of running) await app.close();
      await session.stop();
      for (const folder of [home, exchange]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    }
  },
});

export { expect } from '@playwright/test';

/** Answers the next save dialog of the system, which no test can click. */
export async function answerSaveDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

/** Answers the next open dialog of the system. */
export async function answerOpenDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, filePath);
}
