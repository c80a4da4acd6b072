import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError } from './plain-error.mjs';

/**
 * Runs a program until it exits. Its output goes to stderr, because the caller's stdout may be data.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<void>}
 */
export function runProgram(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 2, 2] });
    const line = [command, ...args].join(' ');
    child.once('error', (error) => reject(new PlainError(`"${line}" can't be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new PlainError(`"${line}" failed with ${signal ?? `code ${code}`}. Its output above gives the reason.`));
    });
  });
}

/**
 * Runs npm. Prefers the npm that started this script, so that the versions match.
 * @param {string[]} args
 * @param {string} cwd
 */
export function runNpm(args, cwd) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return runProgram(process.execPath, [running, ...args], { cwd });
  const onWindows = process.platform === 'win32';
  return runProgram(onWindows ? 'npm.cmd' : 'npm', args, { cwd, shell: onWindows });
}

/**
 * Returns the path of a program, or undefined if it isn't installed. The sbin folders are searched too, since not every PATH has them.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
