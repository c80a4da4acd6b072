import { app, type WebContents } from 'electron';
import { originOf, replayScheme, shellOrigin } from './origins';

/** Prevents all pages from navigating, opening windows, embedding webviews and sending UDP. */
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
  // STUN isn't HTTP: neither a CSP nor the session's request rules block it.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** The main frame stays on its page. A child frame may load only the page of a replay. */
function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame
    ? originOf(url) === shellOrigin
    : url === 'about:blank' || new URL(url).protocol === `${replayScheme}:`;
}
