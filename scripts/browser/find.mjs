import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../bootstrap/programs.mjs';

const programNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** On macOS and Windows, browsers are not on the PATH. */
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
];

/**
 * Returns the path of the Chromium for tests and benchmarks: CASEMENT_CHROMIUM, else the system's, else one that Playwright downloaded.
 * Imports no package, because the setup calls it before packages are installed.
 * @returns {string | undefined}
 */
export function findChromium() {
  if (process.env.CASEMENT_CHROMIUM) return process.env.CASEMENT_CHROMIUM;
  return (
    programNames.map(findProgram).find((path) => path !== undefined) ?? applications.find(isProgram) ?? findDownloaded()
  );
}

function findDownloaded() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  const versions = list(folder).filter((name) => name.startsWith('chromium-'));
  const programs = versions.flatMap((version) =>
    ['chrome-linux64', 'chrome-linux'].map((dir) => join(folder, version, dir, 'chrome')),
  );
  return programs.sort().reverse().find(isProgram);
}

/** @param {string} folder @returns {string[]} */
function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
