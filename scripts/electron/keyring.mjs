import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { hangLimitMs } from '../time-limits.mjs';
import { shareFile } from './share-file.mjs';
import { readFirstLine, startService } from './service.mjs';
import { asUser } from './user.mjs';

/**
 * Configuration of a bus without service activation: the default one would start a keyring and other services on demand.
 */
const busConfiguration = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * @param {import('./user.mjs').User | undefined} user
 * @param {Record<string, string>} env  with the variables of prepareHome
 * @returns {Promise<{ address: string, service: import('./service.mjs').Service }>}
 */
export async function startBus(user, env) {
  // The socket gets a new name each time: a second session must not take over the first one's.
  const address = `--address=unix:tmpdir=${env.XDG_RUNTIME_DIR}`;
  const configuration = `--config-file=${shareFile('session-bus.conf', busConfiguration)}`;
  const args = [configuration, address, '--nofork', '--nopidfile', '--print-address=1'];
  const service = startService('dbus-daemon', args, { user, env });
  return { address: await readFirstLine(service, 1, 'The session bus (dbus-daemon)'), service };
}

/**
 * Starts the system's keyring, which stores its entries in the home folder, encrypted with the password.
 * @param {import('./user.mjs').User | undefined} user
 * @param {Record<string, string>} env
 * @param {string | undefined} password  without it the keyring stays locked
 */
export async function startKeyring(user, env, password) {
  const unlock = password === undefined ? [] : ['--unlock'];
  const args = ['--foreground', '--components=secrets', ...unlock];
  const service = startService('gnome-keyring-daemon', args, { user, env });
  service.child.stdin?.end(password);
  const isUp = await becomesTrue(hangLimitMs, async () => !service.isRunning() || (await ownsSecrets(user, env)));
  if (isUp && service.isRunning()) return service;
  await service.stop();
  throw new Error(`The keyring (gnome-keyring-daemon) did not start. ${service.errorOutput()}`);
}

/**
 * @param {import('./user.mjs').User | undefined} user
 * @param {Record<string, string>} env
 */
async function ownsSecrets(user, env) {
  const bus = 'org.freedesktop.DBus';
  const question = [`--dest=${bus}`, '/', `${bus}.NameHasOwner`, 'string:org.freedesktop.secrets'];
  const [program = '', ...args] = asUser(user, ['dbus-send', '--session', '--print-reply', ...question]);
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let reply = '';
  child.stdout.on('data', (chunk) => (reply += String(chunk)));
  await once(child, 'close');
  return reply.includes('boolean true');
}

/**
 * @param {number} limitMs
 * @param {() => Promise<boolean>} condition
 */
async function becomesTrue(limitMs, condition) {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await wait(20);
  }
  return true;
}
