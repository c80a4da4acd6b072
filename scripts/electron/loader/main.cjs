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

require(dir);
