'use strict';

const electron = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const dir = process.env.CASEMENT_APP;
if (!dir) {
  process.stderr.write('CASEMENT_APP is not set. Start Casement with "npm start" in its folder.\n');
  process.exit(1);
}

// Electron does the same for a folder that it is started with. Otherwise name and version would be the loader's. The calls are not part
// of Electron's public types.
/** @type {import('electron').App & { setVersion(version: string): void, setAppPath(path: string): void }} */
const application = /** @type {any} */ (electron.app);
/** @type {{ productName: string, version: string }} */
const { productName, version } = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'));
application.setName(productName);
application.setVersion(version);
application.setAppPath(dir);

if (process.env.CASEMENT_DRIVEN) waitForPlaywright(electron.app);

require(dir);

/**
 * Playwright sometimes misses a window that is created while it connects (its issue 17765). So the app becomes ready only after
 * Playwright has connected and called `__playwright_run`, as with Playwright's own loader.
 * @param {import('electron').App} app
 */
function waitForPlaywright(app) {
  const ready = app.whenReady();
  app.whenReady = () => driven.then(() => ready);
  /** @type {Promise<void>} */
  const driven = new Promise((resolve) => Object.assign(globalThis, { __playwright_run: resolve }));
}
