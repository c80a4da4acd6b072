import { CasementError, errorTable, type ErrorCode } from '../contract/errors';
import type { StoredSession } from '../contract/session';
import { ByteSender } from './byte-sender';
import type { Connections } from './connections';
import type { RunningJob } from './jobs';
import type { ReadCaps, ReadThresholds, WorkerPort } from './ports';

/** Between two documents of a recording, so that they can be read as one sequence of values; packed ones follow each other as they are. */
const lineBreak = new Uint8Array([0x0a]);
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export interface PullPorts {
  connections: Connections;
  worker: WorkerPort;
  readThresholds: ReadThresholds;
  /** The defaults if left out. */
  readCaps?: ReadCaps;
}

export interface PullTarget {
  connectionId: string;
  remoteId: string;
}

interface Pulled {
  session: StoredSession | undefined;
  /** Where the next pull may go on. */
  next: string | undefined;
  mutableUntil: number | undefined;
}

/**
 * Pulls one session: bytes from the source go to the worker piece by piece; this process never parses them. They are imported while they
 * come. Where an earlier pull of it was interrupted, this one goes on there. Where the platform ends it early, what can be read of it is
 * kept and marked, and the error is thrown all the same; a cancelled one leaves nothing. One that is in the library grows by what is new.
 * Errors: those of the source and of import.
 */
export async function pullSession(ports: PullPorts, target: PullTarget, job: RunningJob): Promise<StoredSession> {
  const { session } = await pullOnce(ports, target, job);
  if (!session) throw new CasementError('recording-empty');
  return session;
}

/**
 * The same, from where an earlier pull ended on; without `resume` from the start, or from where one was interrupted. There is no session
 * where nothing came, which behind `resume` is no error.
 */
export async function pullOnce(
  ports: PullPorts,
  target: PullTarget & { resume?: string | undefined },
  job: RunningJob,
): Promise<Pulled> {
  try {
    return await pullFrom(ports, target, job);
  } catch (error) {
    if (!(error instanceof StartAnew)) throw error;
    const { resume: _stale, ...whole } = target;
    return pullFrom(ports, whole, job);
  }
}

/** What is kept of an earlier pull is stored, but the platform can't go on from there. */
class StartAnew extends Error {}

/** Errors besides those of a pull: StartAnew, at most once for a target. */
async function pullFrom(
  { connections, worker, readThresholds, readCaps }: PullPorts,
  { connectionId, remoteId, resume }: PullTarget & { resume?: string | undefined },
  job: RunningJob,
): Promise<Pulled> {
  const { id, kind, name } = await connections.find(connectionId);
  const origin = {
    title: connections.titleOf(id, remoteId),
    from: kind,
    sourceName: name,
    connectionId: id,
    remoteId,
    ...(!(await connections.capabilities(id)).isReplayable && { isTimelineOnly: true as const }),
  };
  const { importId, kept } = await worker.call('import.start', {
    origin,
    thresholds: await readThresholds(),
    ...(readCaps && { caps: await readCaps() }),
    isJournaled: resume === undefined,
  });
  let point = kept?.point;
  let done = kept?.bytes ?? 0;
  let events = 0;
  const tell = (): void => job.onProgress({ phase: 'fetching', done, total: 0, events });
  const sender = new ByteSender(async (bytes) => {
    ({ events } = await worker.call('import.bytes', { importId, bytes, point }));
    tell();
  });
  let hasCome = false;
  const from = kept?.point?.resume ?? resume;
  try {
    tell();
    if (kept && !point) throw new StartAnew();
    const wasPartial = point?.isPartial ?? false;
    const recording = await connections.open(id, remoteId, { resume: from, signal: job.signal });
    let next = from;
    let isBehindDocument = point?.isBehindDocument ?? false;
    for await (const part of recording.parts) {
      const { bytes, isDocumentEnd, resume: reached } = part;
      hasCome = true;
      if (bytes.length > 0) {
        if (isBehindDocument && !isGzip(bytes)) {
          await sender.push(lineBreak);
          done += lineBreak.length;
        }
        isBehindDocument = false;
        await sender.push(bytes);
        done += bytes.length;
        tell();
      }
      isBehindDocument ||= isDocumentEnd;
      next = reached ?? next;
      const place = reached ?? part.continuation;
      // A source may name the same place again further on; what comes from there begins where it was named first.
      if (place !== undefined && place !== point?.resume) {
        point = { at: done, resume: place, isBehindDocument, isPartial: wasPartial || recording.facts().isPartial };
        if (reached !== undefined) await sender.sendCollected();
      }
    }
    job.signal.throwIfAborted();
    await sender.flush();
    job.onProgress({ phase: 'storing', done: 0, total: 0, events });
    const { isPartial, mutableUntil } = recording.facts();
    if (done === 0 && resume !== undefined) {
      await worker.call('import.abort', { importId });
      return { session: undefined, next, mutableUntil };
    }
    const state = { isPartial: isPartial || wasPartial, mutableUntil };
    const session = await worker.call('import.finish', { importId, state }, job);
    return { session, next, mutableUntil };
  } catch (error) {
    const isStopped = job.signal.aborted;
    const isStale = !isStopped && (kept !== undefined || resume !== undefined) && canBeginAnew(error, hasCome);
    // Who stops a pull that was resumed has what came before; it goes when it is discarded.
    const keepsJournal = !isStale && done > 0 && (isStopped ? kept !== undefined : isPassing(error));
    const isReplaced = isStale && origin.isTimelineOnly === true;
    if (!isStopped && !isReplaced && done > 0 && (isStale || isGoodUntilThere(error))) {
      await keepWhatCame(sender, worker, { importId, keepsJournal });
    }
    // The first error is the one to tell; that the worker has nothing to abort any more is none.
    await worker.call('import.abort', { importId, keepsJournal }).catch(() => undefined);
    throw isStale ? new StartAnew() : error;
  }
}

/** The platform doesn't know the place that it was asked to go on from, or what was kept can't be read. */
function canBeginAnew(error: unknown, hasCome: boolean): boolean {
  if (error instanceof StartAnew) return true;
  if (!(error instanceof CasementError)) return false;
  return error.code === 'vault-damaged' || (!hasCome && staleCodes.has(error.code));
}

const staleCodes: ReadonlySet<string> = new Set([
  'remote-changed',
  'remote-odd',
  'remote-shape',
  'remote-not-found',
] satisfies ErrorCode[]);

/** It isn't the recording that is at fault: the pull can be gone on with later. */
function isPassing(error: unknown): boolean {
  return !(error instanceof CasementError) || errorTable[error.code].kind !== 'untrusted';
}

/** Of the platform, the network or the key, or a recording longer than the user's caps allow: what came before it is good. */
function isGoodUntilThere(error: unknown): boolean {
  if (!(error instanceof CasementError)) return false;
  return errorTable[error.code].kind === 'remote' || error.code === 'recording-too-large';
}

/** Stores what came as a session that isn't complete; nothing where no page can be read of it yet. */
async function keepWhatCame(
  sender: ByteSender,
  worker: WorkerPort,
  end: { importId: string; keepsJournal: boolean },
): Promise<void> {
  // Where no more is taken, what was taken is stored all the same.
  await sender.flush().catch(() => undefined);
  await worker.call('import.finish', { ...end, state: { isPartial: true } }).catch(() => undefined);
}
