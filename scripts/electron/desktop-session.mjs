import { randomBytes } from 'node:crypto';
import { shareDisplay, startDisplay } from './display.mjs';
import { prepareHome } from './home.mjs';
import { startBus, startKeyring } from './keyring.mjs';
import { runtimeUser } from './user.mjs';

/**
 * What a desktop gives to an application: a display, a session bus and a keyring.
 * @typedef {object} DesktopSession
 * @property {Record<string, string>} env  for the application; the home folder's variables are among them
 * @property {() => Promise<void>} stop
 */

/**
 * Opens a desktop session that nobody else uses. On macOS and Windows there is no need: the desktop is there.
 * @param {object} options
 * @param {string} options.home  keeps the keyring's entries, so the same home and password find them again
 * @param {boolean | 'locked'} [options.keyring]  open (the usual), absent, or there but locked
 * @param {string} [options.password]  the keyring's; a new one each time unless it is given
 * @param {boolean} [options.bus]  false is a system without a session bus, so without a keyring too
 * @param {'own' | 'shared'} [options.display]  'own' is a virtual one; by default one that is there is shared
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
  // Of the surroundings only what programs need to be found and to speak the user's language.
  const env = { PATH: process.env.PATH ?? '', LANG: process.env.LANG ?? 'C.UTF-8', ...homeEnv };
  try {
    const isOwn = display === 'own' || (display !== 'shared' && !process.env.DISPLAY);
    const screen = isOwn ? await startDisplay(runtimeUser, env) : shareDisplay(runtimeUser);
    if (screen.service) services.push(screen.service);
    // A bus that can't be reached at all: unset, the libraries would look for one, or start one.
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
