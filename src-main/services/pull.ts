import { CasementError, errorTable } from '../contract/errors';
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

/**
 * Pulls one session: bytes from the source go to the worker piece by piece; this process never parses them. They are imported while they
 * come. Where the platform ends it early, what can be read of it is kept and marked, and the error is thrown all the same; a cancelled
 * one leaves nothing. One that is in the library grows by what is new. Errors: those of the source and of import.
 */
export async function pullSession(ports: PullPorts, target: PullTarget, job: RunningJob): Promise<StoredSession> {
  const { session } = await pullOnce(ports, target, job);
  if (!session) throw new CasementError('recording-empty');
  return session;
}

/**
 * The same, from where an earlier pull ended on; without `resume` from the start. There is no session where nothing came, which behind
 * `resume` is no error. `next` is where the next one may go on.
 */
export async function pullOnce(
  { connections, worker, readThresholds, readCaps }: PullPorts,
  { connectionId, remoteId, resume }: PullTarget & { resume?: string | undefined },
  job: RunningJob,
): Promise<{ session: StoredSession | undefined; next: string | undefined; mutableUntil: number | undefined }> {
  const { id, kind, name } = await connections.find(connectionId);
  const origin = {
    title: connections.titleOf(id, remoteId),
    from: kind,
    sourceName: name,
    connectionId: id,
    remoteId,
    ...(!(await connections.capabilities(id)).isReplayable && { isTimelineOnly: true as const }),
  };
  const { importId } = await worker.call('import.start', {
    origin,
    thresholds: await readThresholds(),
    ...(readCaps && { caps: await readCaps() }),
  });
  const sender = new ByteSender((bytes) => worker.call('import.bytes', { importId, bytes }));
  let done = 0;
  try {
    job.onProgress({ phase: 'fetching', done, total: 0 });
    const recording = await connections.open(id, remoteId, { resume, signal: job.signal });
    let next = resume;
    let isBehindDocument = false;
    for await (const { bytes, isDocumentEnd, resume: reached } of recording.parts) {
      if (bytes.length > 0) {
        if (isBehindDocument && !isGzip(bytes)) await sender.push(lineBreak);
        isBehindDocument = false;
        await sender.push(bytes);
        done += bytes.length;
        job.onProgress({ phase: 'fetching', done, total: 0 });
      }
      isBehindDocument ||= isDocumentEnd;
      next = reached ?? next;
    }
    job.signal.throwIfAborted();
    await sender.flush();
    job.onProgress({ phase: 'storing', done: 0, total: 0 });
    const state = recording.facts();
    const { mutableUntil } = state;
    if (done === 0 && resume !== undefined) {
      await worker.call('import.abort', { importId });
      return { session: undefined, next, mutableUntil };
    }
    const session = await worker.call('import.finish', { importId, state }, job);
    return { session, next, mutableUntil };
  } catch (error) {
    if (done > 0 && isOfTheOtherSide(error) && !job.signal.aborted) await keepWhatCame(sender, worker, importId);
    // The first error is the one to tell; that the worker has nothing to abort any more is none.
    await worker.call('import.abort', { importId }).catch(() => undefined);
    throw error;
  }
}

/** Of the platform, the network or the key: what came before it is good. */
function isOfTheOtherSide(error: unknown): boolean {
  return error instanceof CasementError && errorTable[error.code].kind === 'remote';
}

/** Stores what came as a session that isn't complete; nothing where no page can be read of it yet. */
async function keepWhatCame(sender: ByteSender, worker: WorkerPort, importId: string): Promise<void> {
  await sender
    .flush()
    .then(() => worker.call('import.finish', { importId, state: { isPartial: true } }))
    .catch(() => undefined);
}
