import { existsSync } from 'node:fs';
import { findChromium } from '../browser/find.mjs';
import { findProgram } from './programs.mjs';

/**
 * A library, program or other file that Linux must have: what Electron's executable and the keychain binding are linked with (listed by
 * ldd, without indirect dependencies), and the programs that the scripts start.
 *
 * @typedef {object} LinuxRequirement
 * @property {string[]} packages  Debian's package names, the usual one first: newer releases renamed some
 * @property {string} what        the library, program or folder to look for
 * @property {'library' | 'program' | 'folder' | 'browser'} kind
 */

/** @type {LinuxRequirement[]} */
const electronRequirements = [
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
  // Without any font, text is shown as boxes. This family is the default sans-serif of an unconfigured system.
  { packages: ['fonts-dejavu-core'], what: '/usr/share/fonts', kind: 'folder' },
];

/** The private session bus and keyring, for systems without a desktop session. */
const keyringRequirements = [
  program('setpriv', 'util-linux'),
  program('dbus-daemon', 'dbus-daemon', 'dbus'),
  program('dbus-send', 'dbus-bin', 'dbus'),
  program('gnome-keyring-daemon', 'gnome-keyring'),
];

const displayRequirements = [program('Xvfb', 'xvfb')];

/** For opening a case file in a network namespace without a way out, which only root can create. */
const networkRequirements = [program('unshare', 'util-linux'), program('ip', 'iproute2')];

/** The browser that records the benchmark's workloads and that replays are compared in. @type {LinuxRequirement[]} */
const browserRequirements = [{ packages: ['chromium'], what: 'chromium', kind: 'browser' }];

/** PDFs with Chinese and Japanese names can be read only if a font draws them. @type {LinuxRequirement[]} */
const fontRequirements = [{ packages: ['fonts-wqy-zenhei'], what: '/usr/share/fonts/truetype/wqy', kind: 'folder' }];

/**
 * @param {'app' | 'demo' | 'test' | 'bench'} purpose
 * @param {boolean} isRoot  root has no desktop session that the runtime's user can join
 */
export function requirementsFor(purpose, isRoot) {
  if (purpose === 'app') return isRoot ? [...electronRequirements, ...keyringRequirements] : electronRequirements;
  const windowRequirements = [...electronRequirements, ...keyringRequirements, ...displayRequirements];
  if (purpose === 'bench') return [...windowRequirements, ...browserRequirements];
  return [
    ...windowRequirements,
    ...(isRoot ? networkRequirements : []),
    ...(purpose === 'test' ? [...browserRequirements, ...fontRequirements] : []),
  ];
}

/**
 * @param {LinuxRequirement} requirement
 * @param {string} knownLibraries  the output of `ldconfig -p`
 */
export function isMet(requirement, knownLibraries) {
  if (requirement.kind === 'library') return knownLibraries.includes(`\t${requirement.what} `);
  if (requirement.kind === 'program') return findProgram(requirement.what) !== undefined;
  if (requirement.kind === 'browser') return findChromium() !== undefined;
  return existsSync(requirement.what);
}

/**
 * @param {string} what
 * @param {string[]} packages
 * @returns {LinuxRequirement}
 */
function library(what, ...packages) {
  return { packages, what, kind: 'library' };
}

/**
 * @param {string} what
 * @param {string[]} packages
 * @returns {LinuxRequirement}
 */
function program(what, ...packages) {
  return { packages, what, kind: 'program' };
}
