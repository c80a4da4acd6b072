import type { StoredSession } from '../contract/session';
import type { RunningJob } from './jobs';
import { pullOnce, type PullPorts, type PullTarget } from './pull';

/** Between two questions for what is new of a session, ms: the platforms write what a recorder sent every few seconds to minutes. */
const pollMs = 10_000;

interface FollowPorts extends PullPorts {
  /** Whether the session is in the library still. */
  isStored: () => Promise<boolean>;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  onChange: (session: StoredSession) => void;
}

/** Pulls what is new of a session again and again, until it is final, removed, or the job is cancelled. Errors: those of a pull. */
export async function followSession(ports: FollowPorts, target: PullTarget, job: RunningJob): Promise<void> {
  for (let resume: string | undefined; ;) {
    const { session, next, mutableUntil } = await pullOnce(ports, { ...target, resume }, job);
    if (session) ports.onChange(session);
    if (mutableUntil === undefined || mutableUntil <= ports.now()) return;
    resume = next;
    // The wait's own end is the signal's echo, which has the reason.
    await ports.wait(pollMs, job.signal).catch(() => job.signal.throwIfAborted());
    if (!(await ports.isStored())) return;
  }
}
