import { CasementError, errorTable, hasCode, matchesCode } from '../contract/errors';
import type { PullPoint } from '../contract/pull';
import type { StoredSession } from '../contract/session';
import type { ImportOrigin } from '../contract/worker';
import { isGzip } from '../core/bytes';
import type { RecordingPart, RecordingState } from '../core/sources/source';
import { ByteSender } from './byte-sender';
import type { Connections } from './connections';
import type { RunningJob } from './jobs';
import type { ReadCaps, ReadThresholds, WorkerPort } from './ports';

/** Separates two documents of a recording, so that they can be read as one sequence of values. Gzip members need no separator. */
const lineBreak = new Uint8Array([0x0a]);

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

/** A target, and the resume token of the pull to continue. */
type ResumableTarget = PullTarget & { resume?: string | undefined };

interface Pulled {
  session: StoredSession | undefined;
  /** The resume token for the next pull. */
  next: string | undefined;
  mutableUntil: number | undefined;
}

/**
 * Pulls one session. The source's bytes go to the worker as they arrive and are imported there; this process never parses them.
 * A pull that was interrupted is resumed. If the platform fails, the part received so far is stored and marked as partial, and the error
 * is thrown as well; a cancelled pull stores nothing. If the session is in the library already, the new events are appended.
 * Throws the errors of the source and of import.
 */
export async function pullSession(ports: PullPorts, target: PullTarget, job: RunningJob): Promise<StoredSession> {
  const { session } = await pullOnce(ports, target, job);
  if (!session) throw new CasementError('recording-empty');
  return session;
}

/**
 * Pulls what is new since `resume`. Without it, pulls from the start or resumes an interrupted pull. With `resume`, a recording that
 * has nothing new isn't an error: the result has no session. Throws the errors of `pullSession`.
 */
export async function pullOnce(ports: PullPorts, target: ResumableTarget, job: RunningJob): Promise<Pulled> {
  const first = await PullRun.start(ports, target, job);
  const pulled = await first.run();
  if (pulled !== 'restart') return pulled;
  const { resume: _stale, ...fromStart } = target;
  const second = await (await PullRun.start(ports, fromStart, job)).run();
  // The first run has deleted the journal that it couldn't resume, so nothing can cause a second restart.
  if (second === 'restart') throw new CasementError('remote-changed');
  return second;
}

/** The handling of a run that ended before the end of the recording. */
interface Ending {
  /** The part received so far becomes a session that is marked as partial. */
  storesReceived: boolean;
  /** The bytes stay on the disk, so that the pull can be resumed. */
  keepsJournal: boolean;
  /** The platform can't resume: the recording has to be pulled from the start. Otherwise the error is thrown. */
  isRestart: boolean;
}

/** The journal of an interrupted pull: its number of bytes, and the point to resume from if there is one. */
type Journal = { bytes: number; point: PullPoint | undefined } | undefined;

/** One pass over a recording: fetches its bytes, sends them to the worker, and stores the session. */
class PullRun {
  private readonly sender: ByteSender;
  /** The last point from which the pull can be resumed. */
  private point: PullPoint | undefined;
  private next: string | undefined;
  private bytesSent: number;
  private eventsRead = 0;
  private hasReceived = false;
  private isAfterDocument: boolean;
  /** The state of the recording at the platform, as far as it is known. */
  private state: () => RecordingState = () => ({ completeness: [], mutableUntil: undefined });

  static async start(ports: PullPorts, target: ResumableTarget, job: RunningJob): Promise<PullRun> {
    const { connections, worker, readThresholds, readCaps } = ports;
    const { id, kind, name } = await connections.find(target.connectionId);
    const { isReplayable } = await connections.capabilities(id);
    const origin: ImportOrigin = {
      title: connections.titleOf(id, target.remoteId),
      from: kind,
      sourceName: name,
      connectionId: id,
      remoteId: target.remoteId,
      ...(!isReplayable && { isTimelineOnly: true }),
    };
    const { importId, kept } = await worker.call('import.start', {
      origin,
      thresholds: await readThresholds(),
      ...(readCaps && { caps: await readCaps() }),
      isJournaled: target.resume === undefined,
    });
    return new PullRun(ports, target, job, importId, kept, !isReplayable);
  }

  private constructor(
    private readonly ports: PullPorts,
    private readonly target: ResumableTarget,
    private readonly job: RunningJob,
    private readonly importId: string,
    private readonly journal: Journal,
    private readonly isTimelineOnly: boolean,
  ) {
    this.point = journal?.point;
    this.bytesSent = journal?.bytes ?? 0;
    this.isAfterDocument = journal?.point?.isBehindDocument ?? false;
    this.next = journal?.point?.resume ?? target.resume;
    this.sender = new ByteSender(async (bytes) => {
      const { importId, point } = this;
      ({ events: this.eventsRead } = await ports.worker.call('import.bytes', { importId, bytes, point }));
      this.reportFetching();
    });
  }

  /** Returns `restart` if the recording has to be pulled from the start. Throws the errors of the source and of import. */
  async run(): Promise<Pulled | 'restart'> {
    try {
      this.reportFetching();
      if (this.journal && !this.journal.point) {
        await this.endEarly(this.restarting());
        return 'restart';
      }
      return await this.store(await this.fetch());
    } catch (error) {
      const ending = this.endingFor(error);
      await this.endEarly(ending);
      if (ending.isRestart) return 'restart';
      throw error;
    }
  }

  /** Sends the recording to the worker. Returns the recording's state as the platform reports it at the end. */
  private async fetch(): Promise<RecordingState> {
    const { connectionId, remoteId } = this.target;
    const options = { resume: this.next, signal: this.job.signal };
    const recording = await this.ports.connections.open(connectionId, remoteId, options);
    this.state = recording.facts;
    for await (const part of recording.parts) await this.receive(part);
    this.job.signal.throwIfAborted();
    await this.sender.flush();
    return recording.facts();
  }

  private async receive(part: RecordingPart): Promise<void> {
    this.hasReceived = true;
    if (part.bytes.length > 0) await this.sendBytes(part.bytes);
    this.isAfterDocument ||= part.isDocumentEnd;
    this.next = part.resume ?? this.next;
    const resume = part.resume ?? part.continuation;
    // A source may name the same point again later; the bytes that it resumes with begin where the point was named first.
    if (resume === undefined || resume === this.point?.resume) return;
    this.point = { at: this.bytesSent, resume, isBehindDocument: this.isAfterDocument };
    if (part.resume !== undefined) await this.sender.sendCollected();
  }

  private async sendBytes(bytes: Uint8Array): Promise<void> {
    if (this.isAfterDocument && !isGzip(bytes)) {
      await this.sender.push(lineBreak);
      this.bytesSent += lineBreak.length;
    }
    this.isAfterDocument = false;
    await this.sender.push(bytes);
    this.bytesSent += bytes.length;
    this.reportFetching();
  }

  private async store(state: RecordingState): Promise<Pulled> {
    const { importId, job, next } = this;
    const { worker } = this.ports;
    const { completeness, mutableUntil } = state;
    job.onProgress({ phase: 'storing', done: 0, total: 0, events: this.eventsRead });
    if (this.bytesSent === 0 && this.target.resume !== undefined) {
      await worker.call('import.abort', { importId });
      return { session: undefined, next, mutableUntil };
    }
    return {
      session: await worker.call(
        'import.finish',
        { importId, state: { completeness, mutableUntil, announcedEvents: this.announcedEvents() } },
        job,
      ),
      next,
      mutableUntil,
    };
  }

  private announcedEvents(): number | undefined {
    const { connectionId, remoteId } = this.target;
    return this.ports.connections.announcedEvents(connectionId, remoteId);
  }

  private endingFor(error: unknown): Ending {
    const hasBytes = this.bytesSent > 0;
    // A resumed pull that the user stops can be resumed again until it is discarded; a new one leaves nothing.
    if (this.job.signal.aborted) {
      return { storesReceived: false, keepsJournal: hasBytes && this.journal !== undefined, isRestart: false };
    }
    if (this.isStale(error)) return this.restarting();
    return {
      storesReceived: hasBytes && isGoodUpTo(error),
      keepsJournal: hasBytes && isTransient(error),
      isRestart: false,
    };
  }

  /** A timeline is pulled again in one piece, so a part of it isn't worth storing. */
  private restarting(): Ending {
    return { storesReceived: this.bytesSent > 0 && !this.isTimelineOnly, keepsJournal: false, isRestart: true };
  }

  /** Returns whether the platform no longer knows the point to resume from, or the journal can't be read. */
  private isStale(error: unknown): boolean {
    if (this.journal === undefined && this.target.resume === undefined) return false;
    if (hasCode(error, 'vault-damaged')) return true;
    return !this.hasReceived && hasCode(error, 'remote-changed', 'remote-odd', 'remote-shape', 'remote-not-found');
  }

  /** Never throws: the error that ended the run is the one to report. */
  private async endEarly({ storesReceived, keepsJournal }: Ending): Promise<void> {
    const { importId, sender } = this;
    const { worker } = this.ports;
    if (storesReceived) {
      // The worker may refuse further bytes; those that it has are stored all the same.
      await sender.flush().catch(() => undefined);
      const { completeness } = this.state();
      const state = { isCut: true as const, completeness, announcedEvents: this.announcedEvents() };
      await worker.call('import.finish', { importId, keepsJournal, state }).catch(() => undefined);
    }
    // After `import.finish` there is nothing left to abort.
    await worker.call('import.abort', { importId, keepsJournal }).catch(() => undefined);
  }

  private reportFetching(): void {
    this.job.onProgress({ phase: 'fetching', done: this.bytesSent, total: 0, events: this.eventsRead });
  }
}

/** Returns whether the recording isn't at fault, so that the pull can be resumed later. */
function isTransient(error: unknown): boolean {
  return !(error instanceof CasementError) || errorTable[error.code].kind !== 'untrusted';
}

/** Returns whether what was received before the error is good: the platform, the network or the key failed, or a limit of the user's was reached. */
function isGoodUpTo(error: unknown): boolean {
  if (!(error instanceof CasementError)) return false;
  return errorTable[error.code].kind === 'remote' || matchesCode(error.code, 'recording-too-large');
}
