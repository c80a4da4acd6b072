import { expect, onTestFinished } from 'vitest';
import type { TransportLimits } from '../../src-main/node/transport/limits';
import type { TransportLogEntry } from '../../src-main/node/transport/transport';
import { postHogKey, postHogOf } from './platform-samples';
import { openServices } from './services';
import { collectEvents } from './stored-session';
import { testIdentity } from './test-transport';
import { startSwitchableServer, type ServerBehavior } from './tls-server';

/** The server starts to fail before this block, of a hundred that are requested twenty at a time. */
export const failsAtBlock = 60;
const blockCount = 100;

interface Failure {
  /** The server's behavior from the next connection on. */
  behavior?: ServerBehavior;
  /** The client's limits from then on. */
  limits?: Partial<TransportLimits>;
  /** Called when the last good reply was sent. */
  onStart?: () => void;
}

/** Opens an app that pulls a session from a PostHog server which fails in the middle of the pull. */
export async function openFailingServerApp(options: Parameters<typeof openServices>[0] = {}) {
  const served = postHogOf({ blockCount });
  const [remoteId = ''] = Object.keys(served.state.recordings);
  const asked: number[] = [];
  let limits: Partial<TransportLimits> = {};
  let failure: Failure | undefined;
  const server = await startSwitchableServer(testIdentity, (request, response) => {
    const start = Number(/start_blob_key=(\d+)/.exec(request.url ?? '')?.[1]);
    if (start >= 0) asked.push(start);
    // Each request has a connection of its own, so the next one meets the new behavior.
    if (start === failsAtBlock - 20 && failure) {
      server.switchTo(failure.behavior);
      // Not earlier: a short time limit would also end the good requests on a busy machine.
      limits = failure.limits ?? {};
      if (failure.onStart) response.on('finish', failure.onStart);
    }
    served.listener(request, response);
  });
  onTestFinished(() => server.close());
  const log: TransportLogEntry[] = [];
  const wait = (): Promise<void> => Promise.resolve();
  const shared = { limits: () => limits, log: (entry: TransportLogEntry) => void log.push(entry), wait, ...options };
  const app = await openServices(shared);
  const place = { project: '42' };
  const connection = await app.add({ kind: 'posthog', place, key: postHogKey, origin: server.origin });
  return {
    ...app,
    connection,
    served,
    asked,
    log,
    pullIt: (jobId?: string) => app.pull(connection.id, remoteId, jobId),
    /** Starts the same app again. */
    startAgain: () => openServices({ ...shared, home: app.home }),
    pullItIn: (other: Awaited<ReturnType<typeof openServices>>) => other.pull(connection.id, remoteId),
    startFailing(next: Failure) {
      failure = next;
    },
    stopFailing() {
      failure = undefined;
      limits = {};
      server.switchTo(undefined);
    },
    /** The number of events in the blocks before the failure. */
    before: Math.round((served.events.length * failsAtBlock) / blockCount),
  };
}

/** Expects that the library's only session is marked as partial and that all its events can be read. Returns their number. */
export async function expectPartial({ vault }: Awaited<ReturnType<typeof openServices>>): Promise<number> {
  const [kept, ...others] = await vault.list();
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ isPartial: true });
  const { length } = await collectEvents(vault, kept?.id ?? '');
  expect(length).toBe(kept?.facts.events);
  return length;
}
