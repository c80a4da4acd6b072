import { PlainError } from '../bootstrap/plain-error.mjs';
import { prepareHome } from './home.mjs';
import { currentRuntime } from './runtime.mjs';
import { ensureSandbox } from './sandbox.mjs';
import { stageApp } from './stage.mjs';
import { runtimeUser } from './user.mjs';
import { asRuntimeUser } from './wrapper.mjs';

/**
 * Options to start the application with Playwright's `_electron.launch` (`drive.mjs`) or with `spawn`.
 * @typedef {object} ElectronLaunch
 * @property {string} executablePath
 * @property {string[]} args
 * @property {Record<string, string>} env
 * @property {true} chromiumSandbox  Playwright turns the sandbox off by default
 */

/**
 * @param {object} options
 * @param {string} [options.home]  a separate home folder; the user's own by default, which isn't possible for root
 * @param {Record<string, string | undefined>} [options.env]  overrides variables of the environment
 * @param {string[]} [options.args]
 * @param {string} [options.appDir]  an application other than the one in this clone
 * @returns {ElectronLaunch}
 */
export function electronLaunch({ home, env = {}, args = [], appDir }) {
  const runtime = currentRuntime();
  if (!runtime) throw new PlainError('No Electron is installed yet. Run "node scripts/bootstrap.mjs" first.');
  if (runtimeUser && !home) {
    throw new PlainError('Started as root, the application needs a home folder that another user can own.');
  }
  ensureSandbox(runtime.dir, runtimeUser);
  const variables = {
    ...process.env,
    ...(home ? prepareHome(home, runtimeUser) : {}),
    ...env,
    CASEMENT_APP: appDir ?? stageApp(runtimeUser),
    // Editors set it in their terminals. It would turn Electron into plain Node.js.
    ELECTRON_RUN_AS_NODE: undefined,
  };
  return {
    executablePath: asRuntimeUser('electron-as-user', runtime.executable),
    args,
    env: Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    chromiumSandbox: true,
  };
}
