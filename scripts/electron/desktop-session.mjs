import { randomBytes } from 'node:crypto';
import { shareDisplay, startDisplay } from './display.mjs';
import { prepareHome } from './home.mjs';
import { startBus, startKeyring } from './keyring.mjs';
import { runtimeUser } from './user.mjs';

/**
 * The services of a desktop that the application needs: a display, a session bus and a keyring.
 * @typedef {object} DesktopSession
 * @property {Record<string, string>} env  for the application, including the variables of the home folder
 * @property {() => Promise<void>} stop
 */

/**
 * Opens a private desktop session on Linux. macOS and Windows always have a desktop, so nothing is started there.
 * @param {object} options
 * @param {string} options.home  stores the keyring, whose entries are found again with the same home and password
 * @param {boolean | 'locked'} [options.keyring]  unlocked (default), absent, or locked
 * @param {string} [options.password]  of the keyring; random by default
 * @param {boolean} [options.bus]  false for a system without a session bus, and so without a keyring
 * @param {'own' | 'shared'} [options.display]  'own' starts a virtual one; by default an existing display is shared
 * @returns {Promise<DesktopSession>}
 */
export async function openDesktopSession({ home, keyring = true, password, bus = true, display }) {
  if (process.platform !== 'linux') return { env: {}, stop: () => Promise.resolve() };
  /** @type {import('./service.mjs').Service[]} */
  const services = [];
  const stop = async () => {
    for (const service of services.splice(0).reverse()) await service.stop();
  };
  const homeEnv = prepareHome(home, runtimeUser);
  // From the environment only what is needed to find programs and to use the user's language.
  const env = { PATH: process.env.PATH ?? '', LANG: process.env.LANG ?? 'C.UTF-8', ...homeEnv };
  try {
    const isOwn = display === 'own' || (display !== 'shared' && !process.env.DISPLAY);
    const screen = isOwn ? await startDisplay(runtimeUser, env) : shareDisplay(runtimeUser);
    if (screen.service) services.push(screen.service);
    // Without an address, the libraries would look for a bus or start one.
    const busEnv = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
    if (bus) {
      const started = await startBus(runtimeUser, env);
      services.push(started.service);
      busEnv.DBUS_SESSION_BUS_ADDRESS = started.address;
    }
    if (bus && keyring) {
      const secret = keyring === 'locked' ? undefined : (password ?? randomBytes(24).toString('base64url'));
      services.push(await startKeyring(runtimeUser, { ...env, ...busEnv }, secret));
    }
    return { env: { ...homeEnv, ...screen.env, ...busEnv }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
