import type { Bug, BugOrigin, LoggedBug } from '../contract/diagnostics';
import { CasementError } from '../contract/errors';
import type { CheckedInput, RequestName, RequestResult } from '../contract/ipc';
import type { LoggedRequest } from '../contract/logged-request';
import type { KeychainState, StoredSession } from '../contract/session';
import { recordingCaps, type Settings } from '../contract/settings';
import { forwardedJobs, forwardedRequests, type ForwardedJob, type ForwardedRequest } from '../contract/worker';
import type { Connections } from './connections';
import type { Demo } from './demo';
import type { Exports } from './exports';
import { followSession } from './follow';
import type { Jobs } from './jobs';
import type { Keys } from './keys';
import type { Opening } from './opening';
import type { Policies } from './policies';
import type { JsonStore, ReadCaps, ReadThresholds, WorkerPort } from './ports';
import type { ProxyLogins } from './proxy-logins';
import { pullSession } from './pull';
import type { Signers } from './signers';

/** A function for each request of the contract. The compiler refuses a missing or an extra one. */
export type Handlers = {
  readonly [N in RequestName]: (input: CheckedInput<N>) => Promise<RequestResult<N>> | RequestResult<N>;
};

export interface Services {
  version: string;
  runtime: 'release' | 'evaluation';
  electron: string;
  keys: Keys;
  connections: Connections;
  demo: Demo;
  proxyLogins: ProxyLogins;
  exports: Exports;
  policies: Policies;
  signers: Signers;
  jobs: Jobs;
  opening: Opening;
  worker: WorkerPort;
  settings: JsonStore<Settings>;
  diagnostics: DiagnosticsPort;
  requestLog: { newest: (most: number) => Promise<LoggedRequest[]>; reveal: () => void };
  /** Checks the keychain again. If it is available, the permanent vault is opened. */
  retryKeychain: () => Promise<KeychainState>;
  /** A followed session has grown. */
  onFollowed: (session: StoredSession) => void;
  /** Opens a web page in the user's browser. */
  openInBrowser: (address: string) => Promise<void>;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Returns an empty list if the user closes the dialog. */
  askForFiles: () => Promise<string[]>;
  askForFolders: () => Promise<string[]>;
  /** Returns the files and folders that the user dropped on the window last, once. */
  takeDropped: () => string[];
  /** Returns the files that the system asked Casement to open, each once. */
  takeOffered: () => string[];
  /** Stops serving the origin of a replay. */
  closeReplay: (id: string) => void;
  openReplay: (id: string, windowId: string | undefined) => Promise<{ origin: string; windowId: string }>;
}

export interface DiagnosticsPort {
  add: (origin: BugOrigin, bug: Bug) => void;
  list: () => LoggedBug[];
  /** Copies the log to the clipboard, as text. */
  copy: () => Promise<void>;
  clear: () => void;
}

/** The number of requests that the shell shows. */
const shownRequests = 500;

export function createHandlers(services: Services): Handlers {
  const { keys, connections, demo, exports, policies, signers, jobs, opening, worker, settings } = services;
  const followed = new Map<string, number>();
  const readThresholds: ReadThresholds = async () => (await settings.read()).timeline;
  const readCaps: ReadCaps = async () => recordingCaps((await settings.read()).caps);
  const findStored = async (id: string): Promise<StoredSession | undefined> =>
    (await worker.call('library.list', {})).find((session) => session.id === id);
  /** Returns a session of the library that was pulled from a source. Throws session-unknown. */
  const pulled = async (id: string): Promise<StoredSession & { connectionId: string; remoteId: string }> => {
    const session = await findStored(id);
    const { connectionId, remoteId } = session ?? {};
    if (!session || connectionId === undefined || remoteId === undefined) throw new CasementError('session-unknown');
    return { ...session, connectionId, remoteId };
  };
  return {
    ...forwardRequests(worker),
    ...forwardJobs(worker, jobs),

    'app.status': async () => ({
      version: services.version,
      runtime: services.runtime,
      electron: services.electron,
      keychain: await keys.state(),
    }),
    'app.retry-keychain': () => services.retryKeychain(),
    'settings.get': () => settings.read(),
    'settings.set': async (next) => {
      await settings.write(next);
      return next;
    },

    'demo.start': ({ allowKeyForThisRun }) => demo.start(allowKeyForThisRun),

    'connection.list': () => connections.list(),
    'connection.add': (input) => connections.add(input),
    'connection.sign-in': (input) => jobs.run(input.jobId, ({ signal }) => connections.signIn(input, signal)),
    'connection.sign-in-again': (input) =>
      jobs.run(input.jobId, ({ signal }) => connections.signInAgain(input, signal)),
    'connection.set-gateway': (input) => connections.setGateway(input),
    'proxy.log-in': ({ proxy, user, password, allowKeyForThisRun }) =>
      services.proxyLogins.save(proxy, { user, password }, allowKeyForThisRun),
    'connection.renew-key': async (input) => {
      await demo.ensureRunningFor(input.id);
      return connections.renewKey(input);
    },
    'connection.test': async ({ id }) => {
      await demo.ensureRunningFor(id);
      return connections.test(id);
    },
    'connection.remove': ({ id }) => connections.remove(id),
    'connection.open-key-page': async ({ id }) => services.openInBrowser(await connections.keyPage(id)),
    'connection.recognize': ({ id, text }) => connections.recognize(id, text),
    'request-log.newest': () => services.requestLog.newest(shownRequests),
    'request-log.reveal': () => services.requestLog.reveal(),
    'connection.search': async ({ id, query, cursor }) => {
      await demo.ensureRunningFor(id);
      return connections.search(id, query, cursor);
    },

    'session.pull': ({ jobId, ...input }) =>
      jobs.run(jobId, async (job) => {
        await demo.ensureRunningFor(input.connectionId);
        return pullSession({ connections, worker, readThresholds, readCaps }, input, job);
      }),
    'session.open-link': async ({ id, atMs }) => {
      const { connectionId, remoteId, facts } = await pulled(id);
      await services.openInBrowser(await connections.deepLink(connectionId, remoteId, facts.startedAt + atMs));
    },
    'session.follow': ({ id, jobId }) =>
      jobs.run(jobId, async (job) => {
        const { connectionId, remoteId } = await pulled(id);
        await demo.ensureRunningFor(connectionId);
        const { onFollowed: onChange, wait } = services;
        const isStored = async (): Promise<boolean> => (await findStored(id)) !== undefined;
        const caller = { connections, worker, readThresholds, readCaps, now: Date.now };
        const ports = { ...caller, isStored, wait, onChange, followed };
        await followSession(ports, { connectionId, remoteId }, job);
      }),
    'session.open-file': ({ jobId }) => opening.open(jobId, services.askForFiles),
    'session.open-folder': ({ jobId }) => opening.open(jobId, services.askForFolders),
    'session.open-dropped': ({ jobId }) => opening.open(jobId, services.takeDropped),
    'session.open-offered': ({ jobId }) => opening.open(jobId, services.takeOffered),
    'session.open-sealed': ({ passphrase, jobId }) => opening.openSealed(jobId, passphrase),
    'case-preview.shown': ({ id }) => opening.startCheck(id),
    'case-preview.close': ({ id }) => opening.closePreview(id),
    'job.cancel': ({ jobId }) => jobs.cancel(jobId),

    'replay.open': ({ id, windowId }) => services.openReplay(id, windowId),
    'timeline.get': async ({ id }) => worker.call('timeline.get', { id, thresholds: await readThresholds() }),

    'signer.list': () => signers.list(),
    'signer.make-own': () => signers.makeOwn(),
    'signer.name': ({ publicKey, name }) => signers.name(publicKey, name),
    'signer.forget': ({ publicKey }) => signers.forget(publicKey),
    'signer.restore': ({ publicKey }) => signers.restore(publicKey),
    'signer.start-new-list': () => signers.startNewList(),
    'signer.import': () => signers.importFile(),
    'signer.export': ({ what }) => signers.exportFile(what),

    'policy.list': () => policies.list(),
    'policy.get': ({ name }) => policies.get(name),
    'policy.floor': () => policies.minimum(),
    'policy.check': ({ policy }) => policies.check(policy),
    'policy.try': ({ pattern, text }) => policies.try(pattern, text),
    'policy.save': ({ policy, replaces }) => policies.save(policy, replaces),
    'policy.remove': ({ name }) => policies.remove(name),
    'policy.import': () => policies.importFile(),
    'policy.export': ({ name }) => policies.exportFile(name),
    'preview.open': ({ sessionId, policy, jobId }) =>
      jobs.run(jobId, async (job) => {
        const choice = { id: sessionId, policy: await policies.held(policy), thresholds: await readThresholds() };
        return worker.call('preview.open', choice, job);
      }),
    'preview.close': async ({ id }) => {
      services.closeReplay(id);
      await worker.call('preview.close', { id });
    },
    'export.preview': (input) => exports.preview(input),
    'export.preview-case': (input) => exports.previewCase(input),
    'export.save': (input) => exports.save(input),
    'export.save-case': (input) => exports.saveCase(input),
    'export.copy': (input) => exports.copy(input),
    'export.copy-case': (input) => exports.copyCase(input),
    'diagnostics.list': () => services.diagnostics.list(),
    'diagnostics.copy': () => services.diagnostics.copy(),
    'diagnostics.clear': () => services.diagnostics.clear(),
    'diagnostics.report': ({ origin, bug }) => services.diagnostics.add(origin, bug),
    'export.always-hide': ({ id }) => exports.alwaysHide(id),
    'export.reveal': ({ id }) => exports.reveal(id),
  };
}

/** The worker's table has the same types for these names as the table of requests. A loop over names can't see that. */
function forwardRequests(worker: WorkerPort): Pick<Handlers, ForwardedRequest> {
  const forward = (name: ForwardedRequest) => (input: never) => worker.call(name, input);
  return Object.fromEntries(forwardedRequests.map((name) => [name, forward(name)])) as unknown as Pick<
    Handlers,
    ForwardedRequest
  >;
}

function forwardJobs(worker: WorkerPort, jobs: Jobs): Pick<Handlers, ForwardedJob> {
  const forward =
    (name: ForwardedJob) =>
    ({ jobId, ...input }: { jobId: string }) =>
      jobs.run(jobId, (job) => worker.call(name, input as never, job));
  return Object.fromEntries(forwardedJobs.map((name) => [name, forward(name)])) as unknown as Pick<
    Handlers,
    ForwardedJob
  >;
}
