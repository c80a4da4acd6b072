import { join } from 'node:path';
import * as v from 'valibot';
import { errorSentence, toErrorReply } from './contract/errors';
import { Settings } from './contract/settings';
import { words } from './contract/words/main';
import { registerHandlers } from './electron/ipc';
import * as lifecycle from './electron/lifecycle';
import { oneAtATime } from './electron/process-client';
import { createShell } from './electron/shell';
import { openJsonStore } from './node/files/json-store';
import { makeId } from './node/make-id';
import { CurrentSettings } from './services/current-settings';
import { Keys } from './services/keys';
import { OfferedFiles } from './services/offered-files';
import { VaultKeeper } from './services/vault-keeper';
import { openDiagnostics, type Diagnostics } from './start/diagnostics';
import { appPaths } from './start/paths';
import { createProcesses } from './start/processes';

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
  const settingsFile = openJsonStore(join(dataFolder, 'settings.json'), Settings, v.parse(Settings, {}));
  const settings = await CurrentSettings.open(settingsFile, lifecycle.applyTheme);

  const processes = createProcesses(paths, process.env);
  const { demoServer } = processes;
  const keys = new Keys(oneAtATime(processes.keychain));
  const worker = new VaultKeeper(processes.worker, keys, {
    kept: join(dataFolder, 'vault'),
    thisRun: join(dataFolder, 'vault-this-run', makeId('run')),
  });
  processes.worker.onLost(() => worker.forget());
  processes.worker.onBug((bug) => diagnostics.add('worker', bug));
  processes.keychain.onBug((bug) => diagnostics.add('keychain', bug));
  demoServer.onBug((bug) => diagnostics.add('demo-server', bug));

  const shell = createShell({
    worker,
    isInspectable: !lifecycle.isPackaged(),
    preload: paths.script('preload'),
    icon: paths.icon,
    pages: paths.pages,
  });
  const services = shell.load().then(async () => {
    // The window comes first: the services need large libraries, and the worker is one more process. Requests wait for both.
    processes.worker.start();
    const { createServices } = await import('./start/services');
    return createServices({ dataFolder, paths, settings, demoServer, keys, worker, shell, diagnostics, offeredFiles });
  });
  registerHandlers(async () => (await services).handlers, shell.isShell, diagnostics.addError);
  lifecycle.onQuit(() => [services.then(({ close }) => close()), worker.close()], processes.end);

  await services;
  offeredFiles.add(lifecycle.filesOf(process.argv));
  offeredFiles.onOffer(() => shell.emit('session.offered', {}));
}
