import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { PreviewId } from '../contract/ids';
import type { CheckedInput, RequestName, RequestOutput } from '../contract/ipc';
import type { LoggedRequest } from '../contract/logged-request';
import type { KeychainState, StoredSession } from '../contract/session';
import { recordingCaps, type Settings } from '../contract/settings';
import type { Connections } from './connections';
import type { Demo } from './demo';
import type { Exports } from './exports';
import { followSession } from './follow';
import type { Jobs } from './jobs';
import type { Keys } from './keys';
import type { Opening } from './opening';
import type { Policies } from './policies';
import type { JsonStore, ReadCaps, ReadThresholds, WorkerPort } from './ports';
import { pullSession } from './pull';
import type { Signers } from './signers';

/** One function for each request of the contract; the compiler refuses a missing or an extra one. */
export type Handlers = {
  readonly [N in RequestName]: (input: CheckedInput<N>) => Promise<RequestOutput<N>> | RequestOutput<N>;
};

export interface Services {
  version: string;
  runtime: 'release' | 'evaluation';
  electron: string;
  keys: Keys;
  connections: Connections;
  demo: Demo;
  exports: Exports;
  policies: Policies;
  signers: Signers;
  jobs: Jobs;
  opening: Opening;
  worker: WorkerPort;
  settings: JsonStore<Settings>;
  requestLog: { newest: (most: number) => Promise<LoggedRequest[]>; reveal: () => void };
  /** A keychain that came back may bring the real vault with it. */
  retryKeychain: () => Promise<KeychainState>;
  onSettings: (settings: Settings) => void;
  /** A session that is followed grew. */
  onFollowed: (session: StoredSession) => void;
  /** Shows a web page outside of Casement. */
  openInBrowser: (address: string) => Promise<void>;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** None where the user closes the dialog. */
  askForFiles: () => Promise<string[]>;
  askForFolders: () => Promise<string[]>;
  /** The files and folders that the user dropped on the window last; each drop is taken once. */
  takeDropped: () => string[];
  /** The files that the system asked Casement to open; each is taken once. */
  takeOffered: () => string[];
  /** Its origin is served no longer. */
  closeReplay: (id: string) => void;
  openReplay: (id: string, windowId: string | undefined) => Promise<{ origin: string; windowId: string }>;
}

const nothing = {};

/** So many requests are shown. */
const shownRequests = 500;

export function createHandlers(services: Services): Handlers {
  const { keys, connections, demo, exports, policies, signers, jobs, opening, worker, settings } = services;
  const readThresholds: ReadThresholds = async () => (await settings.read()).timeline;
  const readCaps: ReadCaps = async () => recordingCaps((await settings.read()).caps);
  const findStored = async (id: string): Promise<StoredSession | undefined> =>
    (await worker.call('library.list', null)).find((session) => session.id === id);
  /** A session of the library that came from a source. Errors: session-unknown. */
  const pulled = async (id: string): Promise<StoredSession & { connectionId: string; remoteId: string }> => {
    const session = await findStored(id);
    const { connectionId, remoteId } = session ?? {};
    if (!session || connectionId === undefined || remoteId === undefined) throw new CasementError('session-unknown');
    return { ...session, connectionId, remoteId };
  };
  return {
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
      services.onSettings(next);
      return next;
    },

    'demo.start': ({ allowKeyForThisRun }) => demo.start(allowKeyForThisRun),

    'connection.list': () => connections.list(),
    'connection.add': (input) => connections.add(input),
    'connection.renew-key': async (input) => {
      await demo.ensureRunningFor(input.id);
      return connections.renewKey(input);
    },
    'connection.test': async ({ id }) => {
      await demo.ensureRunningFor(id);
      return connections.test(id);
    },
    'connection.remove': async ({ id }) => {
      await connections.remove(id);
      return nothing;
    },
    'request-log.newest': () => services.requestLog.newest(shownRequests),
    'request-log.reveal': () => {
      services.requestLog.reveal();
      return nothing;
    },
    'connection.search': async ({ id, query, cursor }) => {
      await demo.ensureRunningFor(id);
      return connections.search(id, query, cursor);
    },

    'session.pull': ({ jobId, ...input }) =>
      jobs.run(jobId, async (job) => {
        await demo.ensureRunningFor(input.connectionId);
        return pullSession({ connections, worker, readThresholds, readCaps }, input, job);
      }),
    'pull.interrupted': () => worker.call('pull.interrupted', null),
    'pull.discard': async ({ id }) => {
      await worker.call('pull.discard', { id });
      return nothing;
    },
    'session.open-link': async ({ id, atMs }) => {
      const { connectionId, remoteId, facts } = await pulled(id);
      await services.openInBrowser(await connections.deepLink(connectionId, remoteId, facts.startedAt + atMs));
      return nothing;
    },
    'session.follow': ({ id, jobId }) =>
      jobs.run(jobId, async (job) => {
        const { connectionId, remoteId } = await pulled(id);
        await demo.ensureRunningFor(connectionId);
        const { onFollowed: onChange, wait } = services;
        const isStored = async (): Promise<boolean> => (await findStored(id)) !== undefined;
        const ports = { connections, worker, readThresholds, readCaps, now: Date.now, isStored, wait, onChange };
        await followSession(ports, { connectionId, remoteId }, job);
        return nothing;
      }),
    'session.open-file': ({ jobId }) => opening.open(jobId, services.askForFiles),
    'session.open-folder': ({ jobId }) => opening.open(jobId, services.askForFolders),
    'session.open-dropped': ({ jobId }) => opening.open(jobId, services.takeDropped),
    'session.open-offered': ({ jobId }) => opening.open(jobId, services.takeOffered),
    'session.open-sealed': ({ passphrase, jobId }) => opening.openSealed(jobId, passphrase),
    'look.shown': ({ id }) => {
      opening.begin(id);
      return nothing;
    },
    'look.close': async ({ id }) => {
      await opening.closeLook(id);
      return nothing;
    },
    'job.cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return nothing;
    },

    'library.list': () => worker.call('library.list', null),
    'library.remove': async ({ id }) => {
      await worker.call('library.remove', { id });
      return nothing;
    },
    'library.restore': ({ id }) => worker.call('library.restore', { id }),

    'replay.open': ({ id, windowId }) => services.openReplay(id, windowId),
    'timeline.get': async ({ id }) => worker.call('timeline.get', { id, thresholds: await readThresholds() }),

    'search.query': ({ jobId, ...query }) => jobs.run(jobId, (job) => worker.call('search.query', query, job)),
    'search.catch-up': ({ jobId }) =>
      jobs.run(jobId, async (job) => {
        await worker.call('search.catch-up', null, job);
        return nothing;
      }),

    'note.list': ({ sessionId }) => worker.call('note.list', { sessionId }),
    'note.add': (input) => worker.call('note.add', input),
    'note.change': (input) => worker.call('note.change', input),
    'note.remove': async (input) => {
      await worker.call('note.remove', input);
      return nothing;
    },

    'case.list': () => worker.call('case.list', null),
    'case.get': (input) => worker.call('case.get', input),
    'case.create': (input) => worker.call('case.create', input),
    'case.change': (input) => worker.call('case.change', input),
    'case.set-sessions': (input) => worker.call('case.set-sessions', input),
    'case.attach': (input) => worker.call('case.attach', input),
    'case.detach': (input) => worker.call('case.detach', input),
    'case.remove': async (input) => {
      await worker.call('case.remove', input);
      return nothing;
    },
    'case.restore': (input) => worker.call('case.restore', input),

    'signer.list': () => signers.list(),
    'signer.make-own': () => signers.makeOwn(),
    'signer.name': ({ publicKey, name }) => signers.name(publicKey, name),
    'signer.forget': ({ publicKey }) => signers.forget(publicKey),
    'signer.restore': ({ publicKey }) => signers.restore(publicKey),
    'signer.begin-anew': () => signers.beginAnew(),
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
        const preview = await worker.call('preview.open', choice, job);
        return { ...preview, id: v.parse(PreviewId, preview.id) };
      }),
    'preview.close': async ({ id }) => {
      services.closeReplay(id);
      await worker.call('preview.close', { id });
      return nothing;
    },
    'export.preview': (input) => exports.preview(input),
    'export.preview-case': (input) => exports.previewCase(input),
    'export.save': (input) => exports.save(input),
    'export.save-case': (input) => exports.saveCase(input),
    'export.copy': (input) => exports.copy(input),
    'export.reveal': ({ id }) => {
      exports.reveal(id);
      return nothing;
    },
  };
}
