import { existsSync } from 'node:fs';
import { findChromium } from '../browser/find.mjs';
import { findProgram } from './programs.mjs';

/**
 * What a Linux must have: the libraries that Electron's executable and the keychain binding are linked with (read
 * with ldd; a library that those bring along isn't named), and the programs that the scripts start.
 *
 * @typedef {object} LinuxNeed
 * @property {string[]} packages  Debian's names for it, the usual one first: newer releases renamed some
 * @property {string} what        the library, program or folder that shows whether it is there
 * @property {'library' | 'program' | 'folder' | 'browser'} kind
 */

/** @type {LinuxNeed[]} */
const electronNeeds = [
  library('libgtk-3.so.0', 'libgtk-3-0', 'libgtk-3-0t64'),
  library('libnss3.so', 'libnss3'),
  library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'),
  library('libatspi.so.0', 'libatspi2.0-0', 'libatspi2.0-0t64'),
  library('libcups.so.2', 'libcups2', 'libcups2t64'),
  library('libdrm.so.2', 'libdrm2'),
  library('libgbm.so.1', 'libgbm1'),
  library('libasound.so.2', 'libasound2', 'libasound2t64'),
  library('libXcomposite.so.1', 'libxcomposite1'),
  library('libXdamage.so.1', 'libxdamage1'),
  library('libXrandr.so.2', 'libxrandr2'),
  library('libxkbcommon.so.0', 'libxkbcommon0'),
  library('libdbus-1.so.3', 'libdbus-1-3'),
  library('libudev.so.1', 'libudev1'),
  library('libsecret-1.so.0', 'libsecret-1-0'),
  program('unzip', 'unzip'),
  // Without any font the window has boxes in place of letters; this family is what a system without settings takes for sans-serif.
  { packages: ['fonts-dejavu-core'], what: '/usr/share/fonts', kind: 'folder' },
];

/** The private session bus and keyring, for whoever has none of a desktop. */
const keyringNeeds = [
  program('setpriv', 'util-linux'),
  program('dbus-daemon', 'dbus-daemon', 'dbus'),
  program('dbus-send', 'dbus-bin', 'dbus'),
  program('gnome-keyring-daemon', 'gnome-keyring'),
];

const displayNeeds = [program('Xvfb', 'xvfb')];

/** Root shows that a case file opens with the network taken away: in a namespace whose only device has to be brought up. */
const networkNeeds = [program('unshare', 'util-linux'), program('ip', 'iproute2')];

/** It records what is measured, and shows that Casement's model of a page is the page that a browser replays. @type {LinuxNeed[]} */
const browserNeeds = [{ packages: ['chromium'], what: 'chromium', kind: 'browser' }];

/**
 * @param {'app' | 'demo' | 'test' | 'bench'} purpose
 * @param {boolean} isRoot  root has no desktop session that the runtime's user could join
 */
export function needsFor(purpose, isRoot) {
  if (purpose === 'app') return isRoot ? [...electronNeeds, ...keyringNeeds] : electronNeeds;
  const windowNeeds = [...electronNeeds, ...keyringNeeds, ...displayNeeds];
  if (purpose === 'bench') return [...windowNeeds, ...browserNeeds];
  return [...windowNeeds, ...(isRoot ? networkNeeds : []), ...(purpose === 'test' ? browserNeeds : [])];
}

/**
 * @param {LinuxNeed} need
 * @param {string} knownLibraries  what `ldconfig -p` prints
 */
export function isMet(need, knownLibraries) {
  if (need.kind === 'library') return knownLibraries.includes(`\t${need.what} `);
  if (need.kind === 'program') return findProgram(need.what) !== undefined;
  if (need.kind === 'browser') return findChromium() !== undefined;
  return existsSync(need.what);
}

/**
 * @param {string} what
 * @param {string[]} packages
 * @returns {LinuxNeed}
 */
function library(what, ...packages) {
  return { packages, what, kind: 'library' };
}

/**
 * @param {string} what
 * @param {string[]} packages
 * @returns {LinuxNeed}
 */
function program(what, ...packages) {
  return { packages, what, kind: 'program' };
}
