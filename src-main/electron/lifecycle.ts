import { app, BrowserWindow, clipboard, crashReporter, dialog, nativeTheme, protocol, shell } from 'electron';
import { resolve } from 'node:path';
import type { Settings } from '../contract/settings';
import { guardAllContents } from './guards';
import { replayScheme, shellScheme } from './origins';

const privileges = { standard: true, secure: true };

/**
 * Everything that must be set before Electron is ready. Returns false where another Casement has this data folder open:
 * that one is told of our files, and this one ends.
 */
export function prepareApp(home: string | undefined, onFiles: (paths: string[]) => void): boolean {
  app.enableSandbox();
  app.setName('Casement');
  if (home !== undefined) app.setPath('userData', resolve(home));
  app.setPath('sessionData', resolve(app.getPath('userData'), 'chromium'));
  crashReporter.start({ uploadToServer: false });

  // Chromium's own services have no business on the network either: no name is ever looked up by this process's browser.
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

/** The files that the command line names, as absolute paths. Switches, and the app's own folder in development, are not files. */
export function filesOf(argv: readonly string[]): string[] {
  return argv
    .slice(1)
    .filter((arg) => !arg.startsWith('-') && /\.(casement|json|jsonl|gz)$/i.test(arg))
    .map((arg) => resolve(arg));
}

export const whenReady = (): Promise<void> => app.whenReady();

/** The data folder; `CASEMENT_HOME` or the system's place for it. */
export const dataFolder = (): string => app.getPath('userData');

/** How long the last steps may take, in ms: nobody sees an app that has no window any more. */
const quitLimitMs = 5000;

/**
 * Runs the last steps before the app is gone, whichever way it ends in order, and `end` after them. A step that fails or hangs
 * keeps neither the others nor the end from coming.
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
      // Steps that had nothing to do end while Electron still asks whether it may quit, and to quit then is taken for the same question.
      setImmediate(() => app.quit());
    });
  });
}

/** Says in a window of the system's own why there will be no other, and ends. */
export function endWith(title: string, sentence: string): void {
  dialog.showErrorBox(title, sentence);
  app.exit(1);
}

/** An error that nothing caught leaves nobody knows what. Electron's own box would show its text, and that may be a recording's. */
export function onFault(report: (error: unknown) => void): void {
  process.once('uncaughtException', (error) => {
    // A user who has closed the window isn't called back.
    if (BrowserWindow.getAllWindows().length > 0) report(error);
    app.exit(1);
  });
}

export const quit = (): void => app.quit();

export function applyTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}

/** Empty where the user closes the dialog. */
export async function askForFiles(title: string, filterName: string): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog({
    title,
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: filterName, extensions: ['casement', 'json', 'jsonl', 'gz'] }],
  });
  return filePaths;
}

/** A dialog of its own: Windows and Linux have none that takes files and folders. Empty where the user closes it. */
export async function askForFolders(title: string): Promise<string[]> {
  return (await dialog.showOpenDialog({ title, properties: ['openDirectory', 'multiSelections'] })).filePaths;
}

export async function askForJson(title: string): Promise<string | undefined> {
  const filters = [{ name: 'JSON', extensions: ['json'] }];
  return (await dialog.showOpenDialog({ title, properties: ['openFile'], filters })).filePaths[0];
}

export async function askForAnyFile(title: string): Promise<string | undefined> {
  return (await dialog.showOpenDialog({ title, properties: ['openFile'] })).filePaths[0];
}

export async function askWhereToSave(suggestion: { fileName: string; ending: string }): Promise<string | undefined> {
  const { filePath } = await dialog.showSaveDialog({
    defaultPath: suggestion.fileName,
    filters: [{ name: suggestion.ending, extensions: [suggestion.ending] }],
  });
  return filePath === '' ? undefined : filePath;
}

export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}

export async function writeClipboard(text: string): Promise<void> {
  await clipboard.writeText(text);
}

/** Shows a web page in the user's browser. Throws for any other scheme: the system would start whatever it is bound to. */
export async function openInBrowser(address: string): Promise<void> {
  if (new URL(address).protocol !== 'https:') throw new TypeError('not a web address');
  await shell.openExternal(address);
}

/** The Electron below, and whether it is the one that Casement is made for. */
export function describeRuntime(pinned: string): { runtime: 'release' | 'evaluation'; electron: string } {
  const electron = process.versions.electron ?? '';
  const isCurrent = Number.parseInt(electron, 10) >= Number.parseInt(pinned, 10);
  return { runtime: isCurrent ? 'release' : 'evaluation', electron };
}

export const isPackaged = (): boolean => app.isPackaged;
