import { app, BrowserWindow, clipboard, crashReporter, dialog, nativeTheme, protocol, shell } from 'electron';
import { resolve } from 'node:path';
import type { Settings } from '../contract/settings';
import { guardAllContents } from './guards';
import { replayScheme, shellScheme } from './origins';

const privileges = { standard: true, secure: true };

/**
 * Sets everything that must be set before Electron is ready. Returns false if another instance uses this data folder: it
 * receives the files of this one, which has to quit.
 */
export function prepareApp(home: string | undefined, onFiles: (paths: string[]) => void): boolean {
  app.enableSandbox();
  app.setName('Casement');
  if (home !== undefined) app.setPath('userData', resolve(home));
  app.setPath('sessionData', resolve(app.getPath('userData'), 'chromium'));
  crashReporter.start({ uploadToServer: false });

  // Chromium's own services may not use the network either: the browser never resolves a host name.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');

  protocol.registerSchemesAsPrivileged([
    { scheme: shellScheme, privileges },
    { scheme: replayScheme, privileges },
  ]);
  guardAllContents();

  if (!app.requestSingleInstanceLock({ files: filesOf(process.argv) })) return false;
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { files } = data as { files?: unknown };
    onFiles(Array.isArray(files) ? files.filter((path) => typeof path === 'string') : []);
    BrowserWindow.getAllWindows()[0]?.focus();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    onFiles([path]);
  });
  return true;
}

/** Returns the files on the command line, as absolute paths. Switches, and the app's own folder in development, are not files. */
export function filesOf(argv: readonly string[]): string[] {
  return argv
    .slice(1)
    .filter((arg) => !arg.startsWith('-') && /\.(casement|json|jsonl|gz)$/i.test(arg))
    .map((arg) => resolve(arg));
}

export const whenReady = (): Promise<void> => app.whenReady();

/** Returns the data folder: `CASEMENT_HOME`, or a folder in the system's folder for application data. */
export const dataFolder = (): string => app.getPath('userData');

/** The time limit of the last steps, ms. The window is closed already, so the user can't see that the app still runs. */
const quitLimitMs = 5000;

/**
 * Runs the last steps before an orderly quit, and `end` after them. A step that fails or hangs prevents neither the other steps nor `end`.
 */
export function onQuit(steps: () => Promise<unknown>[], end: () => void): void {
  let isDone = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (isDone) return;
    event.preventDefault();
    isDone = true;
    const limit = new Promise((resolve) => setTimeout(resolve, quitLimitMs));
    void Promise.race([Promise.allSettled(steps()), limit]).then(() => {
      end();
      // The steps may end at once, while Electron still handles this event; it would ignore a quit then.
      setImmediate(() => app.quit());
    });
  });
}

/** Shows the reason in a dialog of the system, and quits. */
export function endWith(title: string, sentence: string): void {
  dialog.showErrorBox(title, sentence);
  app.exit(1);
}

/**
 * Logs and shows an uncaught error, and quits, since the state of the app is unknown. Electron's own dialog would show the error's message,
 * which may quote a recording.
 */
export function onUncaughtError(log: (error: unknown) => void, show: (error: unknown) => void): void {
  process.once('uncaughtException', (error) => {
    log(error);
    // A user who has closed the window isn't interrupted.
    if (BrowserWindow.getAllWindows().length > 0) show(error);
    app.exit(1);
  });
}

export const quit = (): void => app.quit();

export function applyTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}

export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}

export async function writeClipboard(text: string): Promise<void> {
  await clipboard.writeText(text);
}

/** Opens a web page in the user's browser. Throws for any scheme but https: the system would start the program that handles it. */
export async function openInBrowser(address: string): Promise<void> {
  if (new URL(address).protocol !== 'https:') throw new TypeError('not a web address');
  await shell.openExternal(address);
}

/** Returns the version of Electron, and whether it is the one that Casement is made for. */
export function describeRuntime(pinned: string): { runtime: 'release' | 'evaluation'; electron: string } {
  const electron = process.versions.electron ?? '';
  const isCurrent = Number.parseInt(electron, 10) >= Number.parseInt(pinned, 10);
  return { runtime: isCurrent ? 'release' : 'evaluation', electron };
}

export const isPackaged = (): boolean => app.isPackaged;
