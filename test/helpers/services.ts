import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { CheckedInput } from '../../src-main/contract/ipc';
import type { Progress } from '../../src-main/contract/rpc';
import type { Connection, StoredSession } from '../../src-main/contract/session';
import { defaultThresholds } from '../../src-main/contract/settings';
import { openNetwork } from '../../src-main/node/transport/network';
import { FileVault } from '../../src-main/node/vault/file-vault';
import { Connections, type StoredConnection } from '../../src-main/services/connections';
import { Jobs } from '../../src-main/services/jobs';
import { Keys } from '../../src-main/services/keys';
import { openAuthorizationServer } from '../../src-main/node/platforms/authorization-server';
import { createSourceFactory } from '../../src-main/node/platforms/source-factory';
import type { ReadCaps } from '../../src-main/services/ports';
import { pullSession } from '../../src-main/services/pull';
import { makeId } from '../../src-main/node/make-id';
import { fakeKeychain, inProcessWorker, memoryStore, mortalWorker } from './in-process';
import { signInParts } from './sign-in-parts';
import { makeTempFolder } from './temp-folder';
import { testAuthority, testIdentity } from './test-transport';
import { startHttpsServer } from './tls-server';

/** The state that is kept when the app ends: the vault's folder, the keychain and the stored connections. */
export async function makeHome() {
  const store = memoryStore<StoredConnection[]>([]);
  return { folder: await makeTempFolder(), vaultKey: randomBytes(32), keychain: fakeKeychain('ready'), store };
}

interface ServiceOptions extends Partial<Parameters<typeof openNetwork>[0]> {
  fileHosts?: readonly string[];
  readCaps?: ReadCaps;
  /** Changed parts of sign-ins, such as the user's browser. */
  signIn?: Parameters<typeof signInParts>[1];
  /** The home of an app that ran before. */
  home?: Awaited<ReturnType<typeof makeHome>>;
}

/** Opens the services with a real transport and a real vault. Only the keychain and the platform are fakes. */
export async function openServices({ fileHosts, readCaps, signIn, home: before, ...network }: ServiceOptions = {}) {
  const home = before ?? (await makeHome());
  const { keychain, store } = home;
  const keys = new Keys(keychain);
  await keys.probe();
  const isOffline = (): boolean => false;
  const opened = openNetwork({ isOffline, onWait: (signal, waitMs) => jobs.reportWait(signal, waitMs), ...network });
  const connections = new Connections({
    keys,
    store,
    openSource: createSourceFactory({ ...opened, ...(fileHosts && { fileHosts }) }),
    ...signInParts(keys, signIn),
    openAuthorizationServer: (target) => openAuthorizationServer(opened, target),
    makeId,
    now: Date.now,
    checkOrigin: (text) => text,
    checkCa: (pem) => pem,
    checkPins: (text) => [text],
  });
  onTestFinished(() => connections.close());
  const add = (
    change: Pick<CheckedInput<'connection.add'>, 'kind' | 'place' | 'key' | 'origin' | 'gateway'>,
  ): Promise<Connection> =>
    connections.add({ name: 'Shop', caPem: testAuthority.certPem, allowKeyForThisRun: false, ...change });
  const vault = await FileVault.open(home.folder, home.vaultKey, false);
  const worker = mortalWorker(() => inProcessWorker(vault));
  const progress: Progress[] = [];
  const jobs = new Jobs((reported) => progress.push(reported));
  const ports = {
    connections,
    worker,
    readThresholds: () => Promise.resolve(defaultThresholds),
    ...(readCaps && { readCaps }),
  };
  const pull = (connectionId: string, remoteId: string, jobId = makeId('job')): Promise<StoredSession> =>
    jobs.run(jobId, (job) => pullSession(ports, { connectionId, remoteId }, job));
  return { home, connections, keychain, store, add, pull, vault, worker, jobs, progress };
}

/** Opens the services, and starts a platform with this request handler. */
export async function openApp(
  handler: Parameters<typeof startHttpsServer>[1],
  options?: Parameters<typeof openServices>[0],
) {
  const server = await startHttpsServer(testIdentity, handler);
  onTestFinished(() => server.close());
  return { ...(await openAppAt(server.origin, options)), origin: server.origin, requests: server.requests };
}

/** Opens the services; connections go to a platform at that origin. */
export async function openAppAt(origin: string, options?: Parameters<typeof openServices>[0]) {
  const app = await openServices(options);
  type Added = Omit<Parameters<typeof app.add>[0], 'origin'>;
  return { ...app, add: (change: Added) => app.add({ origin, ...change }) };
}
