import { BrowserWindow, session as electronSession, type Session } from 'electron';
import { printOrigin, shellScheme } from './origins';
import { pageHeaders } from './page-headers';

let prints = 0;

/** A page that stands alone, printed in a window that nobody sees. Throws where it can't be printed, and when the signal stops it. */
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

/** A browser session in memory that knows this one page, and no way to any other. */
function sessionFor(html: string, address: string): Session {
  const session = electronSession.fromPartition(`casement-print-${++prints}`, { cache: false });
  session.enableNetworkEmulation({ offline: true });
  // What lies in the page as data is the page's own.
  session.webRequest.onBeforeRequest(({ url }, respond) =>
    respond({ cancel: url !== address && !url.startsWith('data:') }),
  );
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.protocol.handle(shellScheme, () => new Response(html, { headers: pageHeaders.print }));
  return session;
}
