import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../bootstrap/paths.mjs';
import { openDesktopSession } from './desktop-session.mjs';

/**
 * Opens the desktop session of an application that root starts: root's display, and a separate home and keyring that are kept for the next
 * start.
 * @returns {Promise<{ home: string } & import('./desktop-session.mjs').DesktopSession>}
 */
export async function openRootSession() {
  const home = join(cacheDir(), 'home');
  const session = await openDesktopSession({ home, password: keyringPassword(), display: 'shared' });
  const chosen = process.env.CASEMENT_HOME;
  return { home, ...session, env: chosen ? { ...session.env, CASEMENT_HOME: chosen } : session.env };
}

/** The file is readable by root only, so programs of the application's user can't open the keyring. */
function keyringPassword() {
  const dir = join(cacheDir(), 'root');
  const file = join(dir, 'keyring-password');
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
