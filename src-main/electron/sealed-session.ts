import { session as electronSession, type Session } from 'electron';
import { replayScheme, shellScheme } from './origins';

/** The schemes that a page may load: Casement's own, and data inside the page. */
const allowedSchemes = new Set([`${shellScheme}:`, `${replayScheme}:`, 'data:', 'blob:', 'about:']);

/** Creates the browser session of all windows: in memory, without network access. The CSP of each page enforces the same independently. */
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
