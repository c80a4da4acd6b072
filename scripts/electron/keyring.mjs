import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { hangLimitMs } from '../time-limits.mjs';
import { handOver } from './hand-over.mjs';
import { readFirstLine, startService } from './service.mjs';
import { asUser } from './user.mjs';

/**
 * A bus on which only what we start answers: the usual configuration would start a keyring, and much else, by
 * itself as soon as somebody asks for it.
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
 * @param {Record<string, string>} env  of a home made by prepareHome
 * @returns {Promise<{ address: string, service: import('./service.mjs').Service }>}
 */
export async function startBus(user, env) {
  // A socket of a new name each time: a second start must not take over the first one's.
  const address = `--address=unix:tmpdir=${env.XDG_RUNTIME_DIR}`;
  const configuration = `--config-file=${handOver('session-bus.conf', busConfiguration)}`;
  const args = [configuration, address, '--nofork', '--nopidfile', '--print-address=1'];
  const service = startService('dbus-daemon', args, { user, env });
  return { address: await readFirstLine(service, 1, 'The session bus (dbus-daemon)'), service };
}

/**
 * The system's real keyring. It keeps its entries in the home folder, under the password.
 * @param {import('./user.mjs').User | undefined} user
 * @param {Record<string, string>} env
 * @param {string | undefined} password  without one it stays locked
 */
export async function startKeyring(user, env, password) {
  const unlock = password === undefined ? [] : ['--unlock'];
  const args = ['--foreground', '--components=secrets', ...unlock];
  const service = startService('gnome-keyring-daemon', args, { user, env });
  service.child.stdin?.end(password);
  const isUp = await becomesTrue(hangLimitMs, async () => !service.isRunning() || (await ownsSecrets(user, env)));
  if (isUp && service.isRunning()) return service;
  await service.stop();
  throw new Error(`The keyring (gnome-keyring-daemon) did not start. ${service.complaint()}`);
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
