import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { authorize } from './core/sources/authorize';
import { errorSentence, toErrorReply } from './contract/errors';
import { Settings } from './contract/settings';
import { pinnedElectron, version } from './contract/software';
import type { DemoServerMethods, KeychainMethods, WorkerMethods } from './contract/worker';
import { words } from './contract/words/main';
import { requestDemoKey } from './core/sources/demo-key';
import { openHiddenWindows } from './electron/hidden-windows';
import { hearDroppedFiles, registerHandlers, tellShell, type IsShell } from './electron/ipc';
import * as lifecycle from './electron/lifecycle';
import { oneAtATime, ProcessClient } from './electron/process-client';
import { Replays } from './electron/replays';
import { createSealedSession } from './electron/sealed-session';
import { servePages } from './electron/serve-pages';
import { resolveProxy } from './electron/system-proxy';
import { createShellWindow, loadShell } from './electron/shell-window';
import { isUsableCa } from './node/demo-server/demo-ca';
import { makeId } from './node/make-id';
import { writeFileAtomically } from './node/files/atomic-write';
import { openJsonStore } from './node/files/json-store';
import { readText } from './node/files/read-text';
import { longestPolicyFile, readMinimumPolicy, systemMinimumPolicyPath } from './node/policy/minimum-policy';
import { openNetwork } from './node/transport/network';
import { credentialsFrom } from './node/transport/proxy-route';
import { normaliseOrigin } from './node/transport/origin';
import { openRequestLog } from './node/transport/request-log';
import { longestSignersFile, signerFiles } from './node/signing/allowed-signers';
import { generateSigningKey } from './node/signing/ed25519';
import { createTransport } from './node/transport/transport';
import { checkCaPem, checkPins } from './node/transport/trust';
import { Connections, StoredConnection } from './services/connections';
import { Demo, DemoState } from './services/demo';
import { Exports } from './services/exports';
import { createHandlers } from './services/handlers';
import { Jobs } from './services/jobs';
import { Keys } from './services/keys';
import { Opening } from './services/opening';
import { Policies, StoredPolicies } from './services/policies';
import { Signers } from './services/signers';
import { SigningKey } from './services/signing-key';
import { sourcesOver } from './node/platforms/platforms';
import { VaultKeeper } from './services/vault-keeper';

// The composition root: makes the real things and hands them to the services. Nothing is decided here.

const resources = join(__dirname, '../../resources');
const script = (name: string): string => join(__dirname, `${name}.cjs`);
const wait = (ms: number, signal: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal });

const waitingFiles: string[] = [];
let openFiles = (paths: string[]): void => {
  waitingFiles.push(...paths);
};

if (lifecycle.prepareApp(process.env.CASEMENT_HOME, (paths) => openFiles(paths))) {
  const endWith = (title: string) => (error: unknown) => lifecycle.endWith(title, errorSentence(toErrorReply(error)));
  lifecycle.onFault(endWith(words.failed));
  start().catch(endWith(words.startFailed));
} else {
  lifecycle.quit();
}

async function start(): Promise<void> {
  await lifecycle.whenReady();
  const home = lifecycle.dataFolder();

  const keychainEnv = ['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'HOME', 'LANG', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME'];
  const keychain = new ProcessClient<KeychainMethods>({
    name: 'Casement keychain',
    script: script('keychain'),
    env: Object.fromEntries(keychainEnv.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    limit: { ms: 15_000, code: 'keychain-timeout' },
  });
  const workerProcess = new ProcessClient<WorkerMethods>({
    name: 'Casement worker',
    script: script('worker'),
    // An import makes events that are soon forgotten; with more room for new things fewer of them are moved (docs/architecture.md).
    execArgv: ['--js-flags=--max-semi-space-size=32'],
    onLost: () => worker.forget(),
  });
  const demoServer = new ProcessClient<DemoServerMethods>({
    name: 'Casement demo',
    script: script('demo-server'),
    onLost: () => demo.forget(),
  });

  const keys = new Keys(oneAtATime(keychain));
  const worker = new VaultKeeper(workerProcess, keys, {
    kept: join(home, 'vault'),
    thisRun: join(home, 'vault-this-run', makeId('run')),
  });

  const settings = openJsonStore(join(home, 'settings.json'), Settings, v.parse(Settings, {}));
  let current = await settings.read();
  lifecycle.applyTheme(current);

  const isOffline = (): boolean => current.isOffline;
  const limits = (): Settings['caps'] => current.caps;
  const logFile = join(home, 'requests.log');
  const { log, newest } = openRequestLog(logFile, Date.now);
  const connections = new Connections({
    keys,
    store: openJsonStore(join(home, 'connections.json'), v.array(StoredConnection), []),
    openSource: sourcesOver(
      openNetwork({
        resolveProxy,
        proxyCredentials: credentialsFrom(process.env),
        isOffline,
        log,
        limits,
        onWait: (signal, waitMs) => jobs.sayWaiting(signal, waitMs),
      }),
    ),
    now: Date.now,
    makeId,
    checkOrigin: normaliseOrigin,
    checkCa: checkCaPem,
    checkPins,
  });
  const demo = new Demo({
    server: demoServer,
    keys,
    connections,
    store: openJsonStore(join(home, 'demo.json'), DemoState, { keyHashes: [], port: 0 }),
    recordingsDir: join(resources, 'demo'),
    isUsableCa: (pem) => isUsableCa(pem, Date.now()),
    requestKey: async ({ origin, caPem, setupToken }) => {
      const sign = authorize(`Setup ${setupToken}`);
      const transport = createTransport({ origin, caPem, sign, isOffline, log, methods: ['POST'] });
      try {
        return await requestDemoKey(transport.fetch);
      } finally {
        await transport.close();
      }
    },
  });

  const sealed = createSealedSession(!lifecycle.isPackaged());
  const window = createShellWindow(sealed, script('preload'), join(resources, 'icons/casement.png'));
  const shell = window.webContents;
  const replays = new Replays(worker, () => shell);
  servePages(sealed, join(__dirname, '../renderer'), replays.isOpen);

  const jobs = new Jobs((progress) => tellShell(shell, 'job.progress', progress));
  const saveText =
    (ending: string) =>
    async (fileName: string, text: string): Promise<string | undefined> => {
      const path = await lifecycle.askWhereToSave({ fileName, ending });
      if (path === undefined) return undefined;
      await writeFileAtomically(path, Buffer.from(text));
      return basename(path);
    };
  const policies = new Policies({
    store: openJsonStore(join(home, 'policies.json'), StoredPolicies, []),
    readMinimumPolicy: () => readMinimumPolicy(process.env, systemMinimumPolicyPath(process.platform, process.env)),
    askForText: async () => {
      const path = await lifecycle.askForJson(words.openPolicy);
      return path === undefined ? undefined : readText(path, longestPolicyFile);
    },
    saveText: saveText('json'),
  });
  const signingKey = new SigningKey(keys, generateSigningKey);
  const signers = new Signers({
    worker,
    signingKey,
    ...signerFiles,
    askForText: async () => {
      const path = await lifecycle.askForAnyFile(words.openSigners);
      return path === undefined ? undefined : readText(path, longestSignersFile);
    },
    saveText: saveText('txt'),
    ownName: words.ownSigner,
    now: Date.now,
  });
  const exports = new Exports({
    policies,
    signingKey,
    worker,
    jobs,
    makeId,
    readThresholds: async () => current.timeline,
    now: Date.now,
    askWhereToSave: lifecycle.askWhereToSave,
    showInFolder: lifecycle.showInFolder,
    writeClipboard: lifecycle.writeClipboard,
    openHiddenWindows: (signal) =>
      openHiddenWindows({ replays, session: sealed, preload: script('picture-preload') }, signal),
  });

  const isShell: IsShell = (contents) => contents === shell;
  let dropped: string[] = [];
  const offered: string[] = [];
  hearDroppedFiles((paths) => (dropped = paths), isShell);
  registerHandlers(
    createHandlers({
      version,
      ...lifecycle.describeRuntime(pinnedElectron),
      keys,
      connections,
      demo,
      exports,
      policies,
      signers,
      jobs,
      opening: new Opening({
        worker,
        jobs,
        settings,
        onPreview: (jobId, preview) => tellShell(shell, 'case-preview.opened', { jobId, preview }),
        closeReplay: replays.close,
        wait,
      }),
      worker,
      settings,
      requestLog: { newest, reveal: () => lifecycle.showInFolder(logFile) },
      retryKeychain: async () => {
        const state = await keys.probe();
        if (state === 'ready') await worker.keep();
        return state;
      },
      onSettings: (next) => {
        current = next;
        lifecycle.applyTheme(next);
      },
      onFollowed: (session) => tellShell(shell, 'session.changed', { session }),
      openInBrowser: lifecycle.openInBrowser,
      wait,
      takeDropped: () => dropped.splice(0),
      takeOffered: () => offered.splice(0),
      askForFiles: () => lifecycle.askForFiles(words.openFile, words.openFileFilter),
      askForFolders: () => lifecycle.askForFolders(words.openFolder),
      closeReplay: replays.close,
      openReplay: replays.open,
    }),
    isShell,
  );
  lifecycle.onQuit(
    () => [demo.stop(), connections.close(), worker.close()],
    () => [workerProcess, keychain, demoServer].forEach((process) => process.end()),
  );

  await loadShell(window);
  openFiles = (paths) => {
    offered.push(...paths);
    if (paths.length > 0) tellShell(shell, 'session.offered', {});
  };
  openFiles([...waitingFiles, ...lifecycle.filesOf(process.argv)]);
}
