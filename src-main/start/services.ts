import { setTimeout as sleep } from 'node:timers/promises';
import { pinnedElectron, version } from '../contract/software';
import { words } from '../contract/words/main';
import * as dialogs from '../electron/dialogs';
import * as lifecycle from '../electron/lifecycle';
import type { Shell } from '../electron/shell';
import type { CurrentSettings } from '../services/current-settings';
import { createHandlers, type Handlers } from '../services/handlers';
import { Jobs } from '../services/jobs';
import type { Keys } from '../services/keys';
import type { OfferedFiles } from '../services/offered-files';
import { Opening } from '../services/opening';
import type { VaultKeeper } from '../services/vault-keeper';
import type { Diagnostics } from './diagnostics';
import { createExports } from './exports';
import type { AppPaths } from './paths';
import type { Processes } from './processes';
import { createSources } from './sources';

interface Parts {
  dataFolder: string;
  paths: AppPaths;
  settings: CurrentSettings;
  demoServer: Processes['demoServer'];
  keys: Keys;
  worker: VaultKeeper;
  shell: Shell;
  diagnostics: Diagnostics;
  offeredFiles: OfferedFiles;
}

/** Creates the services that answer the window's requests. */
export function createServices(parts: Parts): { handlers: Handlers; close: () => Promise<unknown> } {
  const { dataFolder, paths, settings, demoServer, keys, worker, shell, diagnostics, offeredFiles } = parts;
  const wait = (ms: number, signal: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal });
  const { close: closeReplay, open: openReplay } = shell.replays;
  const jobs = new Jobs((progress) => shell.emit('job.progress', progress));
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
  return { handlers, close: () => Promise.allSettled([demo.stop(), connections.close()]) };
}
