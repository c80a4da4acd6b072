import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { shareFile } from './share-file.mjs';
import { readFirstLine, startService } from './service.mjs';

/**
 * @typedef {{ env: Record<string, string>, service?: import('./service.mjs').Service }} Display
 */

/**
 * Starts a virtual display on a free display number.
 * @param {import('./user.mjs').User | undefined} user
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Display>}
 */
export async function startDisplay(user, env) {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const service = startService('Xvfb', args, { user, env });
  // Xvfb prints its number once it accepts connections.
  const number = await readFirstLine(service, 3, 'The virtual display (Xvfb)');
  return { env: { DISPLAY: `:${number.trim()}` }, service };
}

/**
 * Returns the existing display. Another user needs a copy of its key file, which only the owner can read.
 * @param {import('./user.mjs').User | undefined} user
 * @returns {Display}
 */
export function shareDisplay(user) {
  const name = process.env.DISPLAY ?? '';
  const key = process.env.XAUTHORITY || join(homedir(), '.Xauthority');
  if (!user || !existsSync(key)) return { env: { DISPLAY: name } };
  const copy = shareFile('x-authority', readFileSync(key), { mode: 0o600, owner: user });
  return { env: { DISPLAY: name, XAUTHORITY: copy } };
}
