import { app, type WebContents } from 'electron';
import { originOf, replayScheme, shellOrigin } from './origins';

/** What no content of Casement may do, whichever page it is: go elsewhere, open a window, hold a webview, reach the system. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // STUN is no HTTP: neither CSP nor session rules stop it, this does.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** The main frame stays where it was loaded; a child frame may be a replay's page and nothing else. */
function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame
    ? originOf(url) === shellOrigin
    : url === 'about:blank' || new URL(url).protocol === `${replayScheme}:`;
}
