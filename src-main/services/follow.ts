import type { StoredSession } from '../contract/session';
import type { RunningJob } from './jobs';
import { pullOnce, type PullPorts, type PullTarget } from './pull';

/** The interval between two checks for updates of a session, ms. Platforms store a recorder's events every few seconds to minutes. */
const pollMs = 10_000;

interface FollowPorts extends PullPorts {
  /** Returns whether the session is still in the library. */
  isStored: () => Promise<boolean>;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  onChange: (session: StoredSession) => void;
}

/** Pulls updates of a session until it is final, it is removed, or the job is cancelled. Throws the errors of a pull. */
export async function followSession(ports: FollowPorts, target: PullTarget, job: RunningJob): Promise<void> {
  for (let resume: string | undefined; ;) {
    const { session, next, mutableUntil } = await pullOnce(ports, { ...target, resume }, job);
    if (session) ports.onChange(session);
    if (mutableUntil === undefined || mutableUntil <= ports.now()) return;
    resume = next;
    // The signal carries the reason; the error of the wait doesn't.
    await ports.wait(pollMs, job.signal).catch(() => job.signal.throwIfAborted());
    if (!(await ports.isStored())) return;
  }
}
