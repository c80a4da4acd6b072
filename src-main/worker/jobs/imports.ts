import { basename } from 'node:path';
import { CasementError } from '../../contract/errors';
import type { Progress } from '../../contract/rpc';
import type { StoredSession } from '../../contract/session';
import type { ImportOrigin, ImportSettings, PullState } from '../../contract/worker';
import { fileInput, isZipFile, readEach, readInAnyOrder } from '../../node/recording-file';
import { copyTimeline, readParts, type Vault } from '../../node/vault/vault';
import { appendRecording } from './append-recording';
import { ByteFeed } from './byte-feed';
import { importCase } from './import-case';
import { importReading, withRuns, type ImportOptions } from './import-recording';
import { importTimeline } from './import-timeline';
import { recordOf } from './session-record';
import type { Turns } from './turns';

export interface ImportJob {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

interface Pull {
  feed: ByteFeed;
  stop: AbortController;
  state: PullState;
  result: Promise<StoredSession>;
  close: () => Promise<void>;
}

/** Brings recordings into the vault: from a pull while its bytes come, or from a file. */
export class Imports {
  private readonly running = new Map<string, Pull>();

  constructor(
    private readonly turns: Turns,
    private readonly now: () => number,
    private readonly makeId: (prefix: string) => string,
  ) {}

  /** The id is random: after a restart of the worker, an older pull must not meet a newer one's bytes. */
  async start(vault: Vault, origin: ImportOrigin, settings: ImportSettings): Promise<{ importId: string }> {
    const importId = this.makeId('i');
    const scratch = await vault.scratch();
    const feed = new ByteFeed(scratch);
    const stop = new AbortController();
    const options: ImportOptions = {
      ...settings,
      now: this.now(),
      signal: stop.signal,
      state: () => this.find(importId).state,
    };
    const stored = await findStored(vault, origin);
    const result = origin.isTimelineOnly
      ? importTimeline(vault, feed, { origin, storedId: stored?.id }, options)
      : stored
        ? this.turns.take(stored.id, () => appendRecording(vault, stored.id, feed, options))
        : withRuns(vault, (runs) =>
            readInAnyOrder(feed, (reading) => importReading(vault, reading, origin, options), {
              runs,
              limits: settings.caps ?? {},
            }),
          );
    // Whoever sends bytes hears of the failure with the next ones, whoever finishes with the result.
    result.catch((error: unknown) => feed.fail(error));
    this.running.set(importId, { feed, stop, state: { isPartial: false }, result, close: () => scratch.clear() });
    return { importId };
  }

  async addBytes(importId: string, bytes: Uint8Array): Promise<void> {
    await this.find(importId).feed.push(bytes);
  }

  async abort(importId: string): Promise<void> {
    const pull = this.running.get(importId);
    if (!pull) return;
    this.running.delete(importId);
    const cancelled = new CasementError('cancelled');
    pull.stop.abort(cancelled);
    pull.feed.fail(cancelled);
    await pull.result.catch(() => undefined);
    await pull.close();
  }

  async finish(importId: string, state: PullState, { signal }: ImportJob): Promise<StoredSession> {
    const pull = this.find(importId);
    pull.state = state;
    const onAbort = (): void => pull.stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    pull.feed.end();
    try {
      return await pull.result;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.running.delete(importId);
      await pull.close();
    }
  }

  /** A recording, an archive of some, or a case file. The last session of several is returned. */
  async importFile(
    vault: Vault,
    path: string,
    settings: ImportSettings,
    { signal, onProgress }: ImportJob,
  ): Promise<StoredSession> {
    const options = { ...settings, now: this.now(), signal };
    onProgress({ phase: 'reading', done: 0, total: 0 });
    if (await isZipFile(path)) return importCase(vault, path, options);
    const fileName = basename(path);
    const input = await fileInput(path, (done, total) => onProgress({ phase: 'reading', done, total }));
    return withRuns(vault, async (runs) => {
      const { found, damageAround } = await readEach(
        input,
        async (reading, name) => {
          const title = name === '' ? fileName : `${fileName} · ${name}`;
          return {
            session: await importReading(vault, reading, { title, from: 'file', sourceName: fileName }, options),
          };
        },
        { runs, limits: settings.caps ?? {} },
      );
      const [first] = found;
      const last = found.at(-1);
      if (!first || !last) throw new CasementError('recording-empty');
      if (damageAround.length > 0) await changeFacts(vault, first.session.id, first.facts);
      return vault.get(last.session.id);
    });
  }

  private find(importId: string): Pull {
    const pull = this.running.get(importId);
    if (!pull) throw new CasementError('worker-gone');
    return pull;
  }
}

/** The session that an earlier pull of the same recording made. */
async function findStored(vault: Vault, { connectionId, remoteId }: ImportOrigin): Promise<StoredSession | undefined> {
  if (connectionId === undefined || remoteId === undefined) return undefined;
  const sessions = await vault.list();
  return sessions.find((session) => session.connectionId === connectionId && session.remoteId === remoteId);
}

/** What is found out about a recording after it was stored: damage of the archive that it was in. */
async function changeFacts(vault: Vault, id: string, facts: StoredSession['facts']): Promise<void> {
  const writer = await vault.rewrite(id, await vault.segments(id));
  const record = { ...recordOf(await vault.get(id)), facts };
  await copyTimeline(vault, id, writer);
  await writer.commit(record, await readParts(vault, id));
}
