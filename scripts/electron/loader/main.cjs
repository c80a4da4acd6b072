'use strict';

const electron = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const dir = process.env.CASEMENT_APP;
if (!dir) {
  process.stderr.write('CASEMENT_APP names no application. Start Casement with "npm start" in its folder.\n');
  process.exit(1);
}

// What Electron itself does for a folder that it is given: without it the name and version would be the loader's.
// It doesn't publish the calls.
/** @type {import('electron').App & { setVersion(version: string): void, setAppPath(path: string): void }} */
const application = /** @type {any} */ (electron.app);
/** @type {{ productName: string, version: string }} */
const { productName, version } = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'));
application.setName(productName);
application.setVersion(version);
application.setAppPath(dir);

if (process.env.CASEMENT_DRIVEN) holdUntilDriven(electron.app);

require(dir);

/**
 * Playwright finds the windows that are there when it connects and those that come later, but now and then not one that is being
 * made just then (its issue 17765). So nothing is ready before it is: once connected it calls `__playwright_run`, which its own
 * loader has too.
 * @param {import('electron').App} app
 */
function holdUntilDriven(app) {
  const ready = app.whenReady();
  app.whenReady = () => driven.then(() => ready);
  /** @type {Promise<void>} */
  const driven = new Promise((resolve) => Object.assign(globalThis, { __playwright_run: resolve }));
}
