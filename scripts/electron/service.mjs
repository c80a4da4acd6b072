import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hangLimitMs } from '../time-limits.mjs';
import { asUser } from './user.mjs';

/**
 * A background program that runs until it is stopped.
 * @typedef {object} Service
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => string} errorOutput  its output on stderr
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
  // The kernel ends the program with this process, even after kill -9.
  const [program = '', ...rest] = asUser(user, [command, ...args], ['--pdeathsig', 'TERM']);
  // The fourth pipe is for programs that report a value, such as the display number. Detached, because Ctrl+C in the terminal is meant for
  // the application, which still needs its keyring while it closes.
  const child = spawn(program, rest, { env, cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit').catch(() => undefined);
  let errorOutput = '';
  child.on('error', (error) => (errorOutput += error.message));
  child.stderr?.on('data', (chunk) => (errorOutput += String(chunk)));
  // If the program has already ended, its exit is reported, not the broken pipe.
  child.stdin?.on('error', () => undefined);

  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    child,
    errorOutput: () => errorOutput.trim(),
    isRunning,
    async stop() {
      if (!isRunning()) return;
      child.kill('SIGTERM');
      const killTimer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killTimer);
    },
  };
}

/**
 * Returns the first complete line that a service prints to one of its pipes.
 * @param {Service} service
 * @param {1 | 3} pipe
 * @param {string} what  the service's name, for the error message
 * @returns {Promise<string>}
 */
export function readFirstLine(service, pipe, what) {
  const stream = /** @type {import('node:stream').Readable} */ (service.child.stdio[pipe]);
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => {
      clearTimeout(limit);
      reject(new Error(`${what} did not start. ${service.errorOutput()}`));
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
