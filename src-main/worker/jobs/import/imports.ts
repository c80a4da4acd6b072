import { CasementError } from '../../../contract/errors';
import type { InterruptedPull, PullPoint } from '../../../contract/pull';
import type { StoredSession } from '../../../contract/session';
import type { ImportOrigin, ImportSettings, PullState, WorkerMethods } from '../../../contract/worker';
import { readInAnyOrder } from '../../../node/intake/recording-file';
import type { PullJournal, Scratch, Vault } from '../../../node/vault/vault';
import { appendRecording } from './append-recording';
import { ByteFeed } from './byte-feed';
import { importReading, withScratch, type ImportOptions } from './import-recording';
import { importTimeline } from './import-timeline';
import type { Job } from '../job';
import type { KeyedMutex } from '../../../contract/shared/mutex';

interface Pull {
  feed: ByteFeed;
  stop: AbortController;
  state: PullState;
  /** The number of events read so far. */
  events: number;
  /** Set if the recording exceeds the limits, so no more is read. */
  overflow: CasementError | undefined;
  result: Promise<StoredSession>;
  journal: PullJournal | undefined;
  /** The resume token of the newest point in the journal. */
  marked: string | undefined;
  close: () => Promise<void>;
  /** Releases the journal, so that another pull may write to it. */
  releaseJournal: () => void;
}

interface PullStart extends Pick<Pull, 'journal' | 'releaseJournal'> {
  requested: ImportOrigin;
  settings: ImportSettings;
}

type StartParams = WorkerMethods['import.start']['params'];
type StartResult = WorkerMethods['import.start']['result'];

/** Imports recordings from pulls while their bytes arrive. */
export class Imports {
  private readonly running = new Map<string, Pull>();
  /** The ids of the journals that running pulls write to. */
  private readonly journals = new Set<string>();

  constructor(
    private readonly mutex: KeyedMutex,
    private readonly now: () => number,
    private readonly makeId: (prefix: string) => string,
  ) {}

  /** The import id is random, so that after a restart of the worker the bytes of an older pull can't reach a newer import. */
  async start(vault: Vault, { origin: requested, isJournaled, ...settings }: StartParams): Promise<StartResult> {
    const pullId = vault.pullId(requested);
    // Two pulls of the same session can't share a journal: the second has none.
    const hasJournal = isJournaled && !this.journals.has(pullId);
    if (hasJournal) this.journals.add(pullId);
    const releaseJournal = (): void => void (hasJournal && this.journals.delete(pullId));
    try {
      const journal = hasJournal ? await vault.pullJournal(requested, this.now()) : undefined;
      return await this.begin(vault, { requested, settings, journal, releaseJournal });
    } catch (error) {
      releaseJournal();
      throw error;
    }
  }

  /** Throws the error that ended the import. */
  async addBytes(importId: string, bytes: Uint8Array, point?: PullPoint): Promise<{ events: number }> {
    const pull = this.find(importId);
    if (bytes.length > 0) await pull.feed.push(bytes);
    if (point && pull.journal && point.resume !== pull.marked) {
      pull.marked = point.resume;
      await pull.feed.flush();
      await pull.journal.mark(point);
    }
    return { events: pull.events };
  }

  async abort(importId: string, { keepsJournal = false } = {}): Promise<void> {
    const pull = this.running.get(importId);
    if (!pull) return;
    const cancelled = new CasementError('cancelled');
    pull.stop.abort(cancelled);
    pull.feed.fail(cancelled);
    await pull.result.catch(() => undefined);
    await this.end(importId, pull, keepsJournal);
  }

  /** Throws the error that ended the import; recording-too-large after the part within the limits is stored. */
  async finish(
    importId: string,
    { state, keepsJournal = false }: Omit<WorkerMethods['import.finish']['params'], 'importId'>,
    { signal }: Job,
  ): Promise<StoredSession> {
    const pull = this.find(importId);
    pull.state = state;
    const onAbort = (): void => pull.stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    pull.feed.end();
    try {
      const session = await pull.result;
      if (pull.overflow) throw pull.overflow;
      return session;
    } finally {
      signal.removeEventListener('abort', onAbort);
      await this.end(importId, pull, keepsJournal);
    }
  }

  /** Lists the pulls that ended early, without those that are running. */
  async interrupted(vault: Vault): Promise<InterruptedPull[]> {
    return (await vault.pulls()).filter(({ id }) => !this.journals.has(id));
  }

  async discard(vault: Vault, id: string): Promise<void> {
    if (!this.journals.has(id)) await vault.discardPull(id);
  }

  private async begin(vault: Vault, { requested, settings, journal, releaseJournal }: PullStart): Promise<StartResult> {
    const importId = this.makeId('i');
    const store: Scratch = journal ?? (await vault.scratch());
    // Only the search that found the session knew its user, and that may have been before a restart. The journal keeps the title.
    const { title, remoteId } = requested;
    const origin = { ...requested, title: title === remoteId ? (journal?.title ?? title) : title };
    const feed = new ByteFeed(store, journal?.pieces);
    const stop = new AbortController();
    const options: ImportOptions = {
      ...settings,
      now: this.now(),
      signal: stop.signal,
      state: () => {
        const { state, overflow } = this.find(importId);
        return overflow ? { ...state, isCut: true } : state;
      },
      onOverflow: (error) => {
        const pull = this.find(importId);
        pull.overflow = error;
        pull.feed.fail(error);
      },
      onEvents: (count) => (this.find(importId).events += count),
    };
    const stored = await findStored(vault, origin);
    const result = origin.isTimelineOnly
      ? importTimeline(vault, feed, { origin, storedId: stored?.id }, options)
      : stored
        ? this.mutex.run(stored.id, () => appendRecording(vault, stored.id, feed, options))
        : withScratch(vault, (scratch) =>
            readInAnyOrder(feed, (reading) => importReading(vault, reading, origin, options), {
              scratch,
              limits: settings.caps ?? {},
              onOverflow: options.onOverflow,
            }),
          );
    // The next `addBytes` reports the failure; `finish` gets it from the result.
    result.catch((error: unknown) => feed.fail(error));
    const state: PullState = { completeness: [] };
    const marked = journal?.point?.resume;
    const close = (): Promise<void> => store.clear();
    this.running.set(importId, {
      feed,
      stop,
      state,
      events: 0,
      overflow: undefined,
      result,
      journal,
      marked,
      close,
      releaseJournal,
    });
    const kept = journal && journal.bytes > 0 ? { bytes: journal.bytes, point: journal.point } : undefined;
    return { importId, kept };
  }

  /** Deletes the journal unless it should be kept. A journal without a resume point is useless. */
  private async end(importId: string, pull: Pull, keepsJournal: boolean): Promise<void> {
    this.running.delete(importId);
    if (!keepsJournal || pull.marked === undefined) await pull.close();
    pull.releaseJournal();
  }

  private find(importId: string): Pull {
    const pull = this.running.get(importId);
    if (!pull) throw new CasementError('worker-gone');
    return pull;
  }
}

/** Returns the session that an earlier pull of the same recording created. */
async function findStored(vault: Vault, { connectionId, remoteId }: ImportOrigin): Promise<StoredSession | undefined> {
  if (connectionId === undefined || remoteId === undefined) return undefined;
  const sessions = await vault.list();
  return sessions.find((session) => session.connectionId === connectionId && session.remoteId === remoteId);
}
