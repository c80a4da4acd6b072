import {
  BrowserWindow,
  MessageChannelMain,
  session as electronSession,
  type MessagePortMain,
  type Session,
} from 'electron';
import type { PrintReply, PrintRequest } from '../contract/print-port';
import { printOrigin, shellScheme } from './origins';
import { pageHeaders } from './page-headers';

/** A port for the worker: whatever page it sends is printed in a window that nobody sees, and the PDF goes back. */
export function openPrinter(signal: AbortSignal): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  port2.on('message', ({ data }) => {
    const { html } = data as PrintRequest;
    void printPage(html, signal)
      .catch(() => null)
      .then((pdf) => port2.postMessage({ pdf } satisfies PrintReply));
  });
  port2.start();
  return port1;
}

let prints = 0;

/** Throws where the page can't be printed, and when the signal stops it. */
async function printPage(html: string, signal: AbortSignal): Promise<Uint8Array> {
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
      images: false,
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
  session.webRequest.onBeforeRequest(({ url }, respond) => respond({ cancel: url !== address }));
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.protocol.handle(shellScheme, () => new Response(html, { headers: pageHeaders.print }));
  return session;
}
