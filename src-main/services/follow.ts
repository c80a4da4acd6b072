import { errorTable, matchesCode, toErrorReply } from '../contract/errors';
import type { StoredSession } from '../contract/session';
import type { RunningJob } from './jobs';
import { pullOnce, type PullPorts, type PullTarget } from './pull';

/** The shortest interval between two checks for updates, ms. Platforms store a recorder's events every few seconds to minutes. */
const pollMs = 10_000;
const hourMs = 3_600_000;
/** The share of the platform's hourly limit that all followed sessions of a connection may use; the rest is for searches and pulls. */
const fairShare = 1 / 2;
/** The number of checks in a row that may fail. With the growing interval, they cover half an hour. */
const mostFaults = 10;
const longestBackoff = 2 ** 5;

interface FollowPorts extends PullPorts {
  /** Returns whether the session is still in the library. */
  isStored: () => Promise<boolean>;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  onChange: (session: StoredSession) => void;
  /** The number of sessions that are followed at each connection. */
  followed: Map<string, number>;
}

/**
 * Pulls updates of a session until it is final, it is removed, or the job is cancelled. A passing fault of the platform or the network doesn't end
 * it. Throws the errors of a pull.
 */
export async function followSession(ports: FollowPorts, target: PullTarget, job: RunningJob): Promise<void> {
  const { followed } = ports;
  const { connectionId } = target;
  followed.set(connectionId, (followed.get(connectionId) ?? 0) + 1);
  try {
    await poll(ports, target, job);
  } finally {
    followed.set(connectionId, (followed.get(connectionId) ?? 1) - 1);
  }
}

async function poll(ports: FollowPorts, target: PullTarget, job: RunningJob): Promise<void> {
  let resume: string | undefined;
  let faults = 0;
  for (;;) {
    // A check for news is one request; what is new is at least another.
    let requests = 1;
    try {
      const { session, next, mutableUntil } = await pullOnce(ports, { ...target, resume }, job);
      if (session) {
        ports.onChange(session);
        requests++;
      }
      if (mutableUntil === undefined || mutableUntil <= ports.now()) return;
      resume = next;
      faults = 0;
    } catch (error) {
      job.signal.throwIfAborted();
      if (!isPassing(error) || ++faults > mostFaults) throw error;
    }
    const intervalMs = Math.max(pollMs, await fairIntervalMs(ports, target, requests));
    if (intervalMs > pollMs) job.onProgress({ phase: 'following', done: 0, total: intervalMs });
    // The signal carries the reason; the error of the wait doesn't.
    const waitMs = intervalMs * Math.min(2 ** faults, longestBackoff);
    await ports.wait(waitMs, job.signal).catch(() => job.signal.throwIfAborted());
    if (!(await ports.isStored())) return;
  }
}

/** Returns the interval at which all followed sessions of the connection together use no more than their share; 0 without a limit. */
async function fairIntervalMs(
  { connections, followed }: FollowPorts,
  { connectionId }: PullTarget,
  requests: number,
): Promise<number> {
  const perHour = await connections.pollsPerHour(connectionId);
  const sessions = followed.get(connectionId) ?? 1;
  return perHour === undefined ? 0 : (hourMs * requests * sessions) / (perHour * fairShare);
}

function isPassing(error: unknown): boolean {
  const { code } = toErrorReply(error);
  // Access that an administrator gives later is worth a try of the user's, but doesn't come back by itself.
  return !matchesCode(code, 'offline', 'key-*') && errorTable[code].retryable === true;
}
