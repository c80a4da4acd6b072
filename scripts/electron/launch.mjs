import { PlainError } from '../bootstrap/plain-error.mjs';
import { prepareHome } from './home.mjs';
import { currentRuntime } from './runtime.mjs';
import { ensureSandbox } from './sandbox.mjs';
import { stageApp } from './stage.mjs';
import { runtimeUser } from './user.mjs';
import { asRuntimeUser } from './wrapper.mjs';

/**
 * How to start the application: for Playwright's `_electron.launch` (`drive.mjs`), or for `spawn` with more arguments.
 * @typedef {object} ElectronLaunch
 * @property {string} executablePath
 * @property {string[]} args
 * @property {Record<string, string>} env
 * @property {true} chromiumSandbox  Playwright switches the sandbox off unless it is told not to
 */

/**
 * @param {object} options
 * @param {string} [options.home]  a home folder of its own; without one it is the user's, which root can't have
 * @param {Record<string, string | undefined>} [options.env]  goes over the surroundings' variables
 * @param {string[]} [options.args]
 * @param {string} [options.appDir]  another application than the one in this clone
 * @returns {ElectronLaunch}
 */
export function electronLaunch({ home, env = {}, args = [], appDir }) {
  const runtime = currentRuntime();
  if (!runtime) throw new PlainError('No Electron is installed yet. Run "node scripts/bootstrap.mjs" first.');
  if (runtimeUser && !home) {
    throw new PlainError('As root the application needs a home folder that another user can have.');
  }
  ensureSandbox(runtime.dir, runtimeUser);
  const variables = {
    ...process.env,
    ...(home ? prepareHome(home, runtimeUser) : {}),
    ...env,
    CASEMENT_APP: appDir ?? stageApp(runtimeUser),
    // Set in an editor's terminal, it would make Electron a plain Node.js.
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
