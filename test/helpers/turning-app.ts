import { expect, onTestFinished } from 'vitest';
import type { TransportLimits } from '../../src-main/node/transport/limits';
import type { TransportLogEntry } from '../../src-main/node/transport/transport';
import { postHogKey, postHogOf } from './platform-samples';
import { openServices } from './services';
import { collectEvents } from './stored-session';
import { testIdentity } from './test-transport';
import { startTurningServer, type BadManners } from './tls-server';

/** Of a hundred blocks, twenty at a time; those from here on are asked for after the turn. */
export const turnsAt = 60;
const blockCount = 100;

interface Turn {
  /** What the server is from the next connection on. */
  bad?: BadManners;
  /** How much is taken of it. */
  limits?: Partial<TransportLimits>;
  /** What else happens then. */
  onTurn?: () => void;
}

/** An app that pulls a session from PostHog, and a PostHog that turns bad in the middle of it. */
export async function openTurningApp(options: Parameters<typeof openServices>[0] = {}) {
  const served = postHogOf({ blockCount });
  const [remoteId = ''] = Object.keys(served.state.recordings);
  const asked: number[] = [];
  let limits: Partial<TransportLimits> = {};
  let turn: Turn | undefined;
  const server = await startTurningServer(testIdentity, (request, response) => {
    const start = Number(/start_blob_key=(\d+)/.exec(request.url ?? '')?.[1]);
    if (start >= 0) asked.push(start);
    // Each request has a connection of its own, so the next one meets what the server has become.
    if (start === turnsAt - 20 && turn) {
      server.turn(turn.bad);
      // Not earlier: a short time limit would also end the good requests on a busy machine.
      limits = turn.limits ?? {};
      if (turn.onTurn) response.on('finish', turn.onTurn);
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
    /** The same app, started once more. */
    startAgain: () => openServices({ ...shared, home: app.home }),
    pullItIn: (other: Awaited<ReturnType<typeof openServices>>) => other.pull(connection.id, remoteId),
    turnBad(next: Turn) {
      turn = next;
    },
    turnGood() {
      turn = undefined;
      limits = {};
      server.turn(undefined);
    },
    /** The events that came before it turned. */
    before: Math.round((served.events.length * turnsAt) / blockCount),
  };
}

/** The one session of the library is marked as not complete, and all that it says to hold can be read; how much that is. */
export async function expectPartial({ vault }: Awaited<ReturnType<typeof openServices>>): Promise<number> {
  const [kept, ...others] = await vault.list();
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ isPartial: true });
  const { length } = await collectEvents(vault, kept?.id ?? '');
  expect(length).toBe(kept?.facts.events);
  return length;
}
