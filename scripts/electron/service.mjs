import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hangLimitMs } from '../time-limits.mjs';
import { asUser } from './user.mjs';

/**
 * A program that runs beside the application until it is stopped.
 * @typedef {object} Service
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => string} complaint  what it has printed on stderr
 * @property {() => boolean} isRunning
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {import('./user.mjs').User | undefined} options.user
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Service}
 */
export function startService(command, args, { user, env }) {
  // The kernel ends it when this process ends, in whatever way: no clean-up of ours runs after a kill -9.
  const [program = '', ...rest] = asUser(user, [command, ...args], ['--pdeathsig', 'TERM']);
  // A fourth pipe, for programs that tell on it what they have chosen. Detached, because a Ctrl+C in the terminal is
  // for the application, which may still need its keyring while it closes.
  const child = spawn(program, rest, { env, cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit').catch(() => undefined);
  let complaint = '';
  child.on('error', (error) => (complaint += error.message));
  child.stderr?.on('data', (chunk) => (complaint += String(chunk)));
  // What is asked of a program that has already ended is told by its exit, not by a broken pipe.
  child.stdin?.on('error', () => undefined);

  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    child,
    complaint: () => complaint.trim(),
    isRunning,
    async stop() {
      if (!isRunning()) return;
      child.kill('SIGTERM');
      const tooLate = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(tooLate);
    },
  };
}

/**
 * The first whole line that a service prints on one of its pipes.
 * @param {Service} service
 * @param {1 | 3} pipe
 * @param {string} what  for the sentence when it doesn't come
 * @returns {Promise<string>}
 */
export function readFirstLine(service, pipe, what) {
  const stream = /** @type {import('node:stream').Readable} */ (service.child.stdio[pipe]);
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => {
      clearTimeout(limit);
      reject(new Error(`${what} did not start. ${service.complaint()}`));
    };
    const limit = setTimeout(fail, hangLimitMs);
    service.child.once('error', fail).once('exit', fail);
    stream.on('data', (chunk) => {
      text += String(chunk);
      if (!text.includes('\n')) return;
      clearTimeout(limit);
      resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
