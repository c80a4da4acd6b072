import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { errorSentence, toErrorReply } from './contract/errors';
import { Settings } from './contract/settings';
import { pinnedElectron, version } from './contract/software';
import { words } from './contract/words/main';
import * as dialogs from './electron/dialogs';
import { registerHandlers } from './electron/ipc';
import * as lifecycle from './electron/lifecycle';
import { oneAtATime } from './electron/process-client';
import { createShell } from './electron/shell';
import { openJsonStore } from './node/files/json-store';
import { makeId } from './node/make-id';
import { CurrentSettings } from './services/current-settings';
import { createHandlers } from './services/handlers';
import { Jobs } from './services/jobs';
import { Keys } from './services/keys';
import { OfferedFiles } from './services/offered-files';
import { Opening } from './services/opening';
import { VaultKeeper } from './services/vault-keeper';
import { openDiagnostics, type Diagnostics } from './start/diagnostics';
import { createExports } from './start/exports';
import { appPaths } from './start/paths';
import { createProcesses } from './start/processes';
import { createSources } from './start/sources';

// The composition root: creates the implementations and passes them to the services. It decides nothing itself.

const offeredFiles = new OfferedFiles();
const paths = appPaths(__dirname);

if (lifecycle.prepareApp(process.env.CASEMENT_HOME, (files) => offeredFiles.add(files))) {
  const endWith = (title: string) => (error: unknown) => lifecycle.endWith(title, errorSentence(toErrorReply(error)));
  const diagnostics = openDiagnostics(lifecycle.dataFolder(), paths, lifecycle.writeClipboard);
  lifecycle.onUncaughtError(diagnostics.addError, endWith(words.failed));
  start(diagnostics).catch((error: unknown) => {
    diagnostics.addError(error);
    endWith(words.startFailed)(error);
  });
} else {
  lifecycle.quit();
}

async function start(diagnostics: Diagnostics): Promise<void> {
  await lifecycle.whenReady();
  const dataFolder = lifecycle.dataFolder();
  const wait = (ms: number, signal: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal });

  const settingsFile = openJsonStore(join(dataFolder, 'settings.json'), Settings, v.parse(Settings, {}));
  const settings = await CurrentSettings.open(settingsFile, lifecycle.applyTheme);

  const processes = createProcesses(paths, process.env);
  const keys = new Keys(oneAtATime(processes.keychain));
  const worker = new VaultKeeper(processes.worker, keys, {
    kept: join(dataFolder, 'vault'),
    thisRun: join(dataFolder, 'vault-this-run', makeId('run')),
  });
  processes.worker.onLost(() => worker.forget());
  processes.worker.onBug((bug) => diagnostics.add('worker', bug));
  processes.keychain.onBug((bug) => diagnostics.add('keychain', bug));
  processes.demoServer.onBug((bug) => diagnostics.add('demo-server', bug));

  const shell = createShell({
    worker,
    isInspectable: !lifecycle.isPackaged(),
    preload: paths.script('preload'),
    icon: paths.icon,
    pages: paths.pages,
  });
  const { close: closeReplay, open: openReplay } = shell.replays;
  const jobs = new Jobs((progress) => shell.emit('job.progress', progress));
  const { demoServer } = processes;
  const { openInBrowser } = lifecycle;
  const { demoRecordings } = paths;
  const sources = createSources({ dataFolder, demoRecordings, demoServer, keys, settings, jobs, openInBrowser });
  const { connections, demo, proxyLogins, requestLog } = sources;
  demoServer.onLost(() => demo.forget());
  const onPreview: ConstructorParameters<typeof Opening>[0]['onPreview'] = (jobId, preview) =>
    shell.emit('case-preview.opened', { jobId, preview });

  const handlers = createHandlers({
    version,
    ...lifecycle.describeRuntime(pinnedElectron),
    keys,
    connections,
    demo,
    proxyLogins,
    ...createExports({ dataFolder, paths, keys, worker, settings, jobs, shell }),
    jobs,
    opening: new Opening({ worker, jobs, settings, onPreview, closeReplay, wait }),
    worker,
    settings,
    diagnostics,
    requestLog: { newest: requestLog.newest, reveal: () => lifecycle.showInFolder(requestLog.file) },
    retryKeychain: () => worker.retryKeychain(),
    onFollowed: (session) => shell.emit('session.changed', { session }),
    openInBrowser,
    wait,
    takeDropped: shell.takeDropped,
    takeOffered: () => offeredFiles.take(),
    askForFiles: () => dialogs.askForFiles(words.openFile, words.openFileFilter),
    askForFolders: () => dialogs.askForFolders(words.openFolder),
    closeReplay,
    openReplay,
  });
  registerHandlers(handlers, shell.isShell, diagnostics.addError);
  lifecycle.onQuit(() => [demo.stop(), connections.close(), worker.close()], processes.end);

  await shell.load();
  offeredFiles.add(lifecycle.filesOf(process.argv));
  offeredFiles.onOffer(() => shell.emit('session.offered', {}));
}
