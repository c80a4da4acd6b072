import { session as electronSession, type Session } from 'electron';
import { replayScheme, shellScheme } from './origins';

/** What a page may load at all: its own scheme, and what lies inside a page already. */
const allowedSchemes = new Set([`${shellScheme}:`, `${replayScheme}:`, 'data:', 'blob:', 'about:']);

/**
 * The browser session of every window: in memory, with no way out. The pages' CSP says the same once more;
 * either alone would do.
 */
export function createSealedSession(isInspectable: boolean): Session {
  const session = electronSession.fromPartition('casement', { cache: false });

  session.webRequest.onBeforeRequest((details, respond) => {
    const scheme = new URL(details.url).protocol;
    respond({ cancel: !(allowedSchemes.has(scheme) || (isInspectable && scheme === 'devtools:')) });
  });
  session.enableNetworkEmulation({ offline: true });

  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  return session;
}
