import { BrowserWindow, session as electronSession, type Session } from 'electron';
import { printOrigin, shellScheme } from './origins';
import { pageHeaders } from './page-headers';

let prints = 0;

/** Prints a self-contained page in a hidden window. Throws if it can't be printed or the signal aborts it. */
export async function printPage(html: string, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const address = `${printOrigin}/report.html`;
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: sessionFor(html, address),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webviewTag: false,
      spellcheck: false,
      disableDialogs: true,
    },
  });
  const stop = (): void => window.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await window.loadURL(address);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    signal.removeEventListener('abort', stop);
    if (!window.isDestroyed()) window.destroy();
  }
}

/** Returns a browser session in memory that can load only this page. */
function sessionFor(html: string, address: string): Session {
  const session = electronSession.fromPartition(`casement-print-${++prints}`, { cache: false });
  session.enableNetworkEmulation({ offline: true });
  // Data URLs are part of the page itself.
  session.webRequest.onBeforeRequest(({ url }, respond) =>
    respond({ cancel: url !== address && !url.startsWith('data:') }),
  );
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.protocol.handle(shellScheme, () => new Response(html, { headers: pageHeaders.print }));
  return session;
}
