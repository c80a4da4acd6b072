import { chromium } from '@playwright/test';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { prepareHome } from '../electron/home.mjs';
import { ensureSandbox } from '../electron/sandbox.mjs';
import { runtimeUser } from '../electron/user.mjs';
import { asRuntimeUser } from '../electron/wrapper.mjs';
import { hangLimitMs } from '../time-limits.mjs';
import { findChromium } from './find.mjs';

/**
 * A headless Chromium with a separate home folder.
 * @typedef {object} Browser
 * @property {import('@playwright/test').BrowserContext} context
 * @property {string} version
 * @property {() => Promise<void>} close
 */

/**
 * Disables name lookup, so that no recorded page can use the network. Playwright's routes serve what a page needs.
 * @param {string | undefined} reachable
 */
const sealed = (reachable) => [
  `--host-resolver-rules=MAP * ~NOTFOUND${reachable === undefined ? '' : `, EXCLUDE ${reachable}`}`,
  '--no-pings',
  '--disable-domain-reliability',
];

/**
 * Starts Chromium with its sandbox; if started by root, as another user. Throws a PlainError if there is no Chromium.
 * @param {{ width: number, height: number }} [viewport]
 * @param {{ reachable?: string }} [options]  `reachable`: a host whose name is looked up nevertheless
 * @returns {Promise<Browser>}
 */
export async function launchChromium(viewport = { width: 1280, height: 800 }, { reachable } = {}) {
  const executable = findChromium();
  if (!executable) {
    throw new PlainError(
      'No Chromium was found. Install Chromium or Chrome, or name its executable in CASEMENT_CHROMIUM, and run the command again.',
    );
  }
  ensureSandbox(dirname(realpathSync(executable)), runtimeUser);
  const home = mkdtempSync(join(tmpdir(), 'cas-web-'));
  const clean = () => rmSync(home, { recursive: true, force: true });
  try {
    const own = prepareHome(home, runtimeUser);
    // An existing profile folder: Playwright would create one that only root can use.
    const context = await chromium.launchPersistentContext(own.XDG_DATA_HOME ?? home, {
      executablePath: asRuntimeUser('chromium-as-user', executable),
      chromiumSandbox: true,
      headless: true,
      args: sealed(reachable),
      env: /** @type {Record<string, string>} */ ({ ...process.env, ...own }),
      viewport,
      serviceWorkers: 'block',
      timeout: hangLimitMs,
    });
    context.setDefaultTimeout(hangLimitMs);
    const version = context.browser()?.version() ?? 'unknown';
    const close = async () => {
      await context.close();
      clean();
    };
    return { context, version, close };
  } catch (error) {
    clean();
    throw error;
  }
}
