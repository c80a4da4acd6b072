import { BrowserWindow, nativeTheme, type Session } from 'electron';
import { shellOrigin } from './origins';

/** Casement's window. `loadShell` shows it once its page is painted, so that the user never sees an empty frame. */
export function createShellWindow(session: Session, preload: string, icon: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Casement',
    icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#f6f7f9',
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      disableDialogs: true,
      enableWebSQL: false,
    },
  });
  return window;
}

/** Loads the page and shows the window. Ignores the error if the user closes the window before the page has loaded. */
export async function loadShell(window: BrowserWindow): Promise<void> {
  const { webContents } = window;
  const isPainted = new Promise<void>((resolve) => {
    window.once('ready-to-show', () => {
      window.show();
      resolve();
    });
    window.once('closed', resolve);
  });
  await window.loadURL(`${shellOrigin}/index.html`).catch((error: unknown) => {
    if (!webContents.isDestroyed()) throw error;
  });
  await isPainted;
}
