import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driveApp } from '../../scripts/electron/drive.mjs';
import { openDesktopSession } from '../../scripts/electron/desktop-session.mjs';
import { hangLimitMs } from '../../scripts/time-limits.mjs';

/** The running application and its main window. */
interface Casement {
  app: ElectronApplication;
  page: Page;
}

export interface Desktop {
  /** The home folder of the app's user, with keyring and data. */
  home: string;
  /** A folder that the app's user can read and write, for files to open and save. */
  exchange: string;
  /** Starts the app. It is closed at the end of the test, or earlier by `app.close()`. */
  start(options?: { args?: string[]; env?: Record<string, string> }): Promise<Casement>;
}

interface Options {
  keyring: boolean | 'locked';
  bus: boolean;
}

/** Each test has its own desktop session: display, session bus, real keyring, and a new home folder. */
export const test = base.extend<Options & { desktop: Desktop }>({
  keyring: [true, { option: true }],
  bus: [true, { option: true }],
  desktop: async ({ keyring, bus }, use) => {
    // The home contains sockets, whose paths are limited in length.
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

/** Replaces the system's save dialog, which tests can't click. */
export async function answerSaveDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

/** Replaces the system's open dialog. */
export async function answerOpenDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, filePath);
}
