import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { CasementError } from '../../../contract/errors';
import type { SearchQuery, SearchResult } from '../../../contract/search';
import { deleteIndex, IndexDamaged, type IndexLocation } from '../../../node/search-index/index-files';
import { openSearchIndex, type SearchIndex } from '../../../node/search-index/search-index';
import type { Vault } from '../../../node/vault/vault';
import type { Job } from '../job';
import { readSession, readState, unlessGone, type SessionState } from './search-source';

/** After this many rebuilds, the disk itself must be faulty. */
const mostRebuilds = 3;

/**
 * Keeps the search index in sync with the vault, in the background, one session at a time. The vault is the source of truth: at the start
 * both are compared, which repairs differences after a crash. A missing or damaged index is rebuilt.
 */
export class Search {
  private index: SearchIndex | undefined;
  private opening: Promise<SearchIndex> | undefined;
  /** The ids of sessions to compare with the index. `isAllChanged`: all of them. */
  private readonly changed = new Set<string>();
  private isAllChanged = true;
  private done = 0;
  private rebuilds = 0;
  private isClosed = false;
  private running: Promise<void> | undefined;
  private failure: Error | undefined;
  private readonly listeners = new Set<Job['onProgress']>();

  constructor(
    private readonly vault: Vault,
    private readonly location: IndexLocation,
    private readonly now: () => number,
  ) {}

  /** Opens the index and starts to update it in the background. */
  start(): void {
    this.running ??= this.work()
      .catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new CasementError('bug');
      })
      .finally(() => {
        this.running = undefined;
        if (this.hasWork() && this.failure === undefined) this.start();
      });
  }

  /** Call when a session was added, changed or removed. */
  noteChange(id: string): void {
    this.changed.add(id);
    this.failure = undefined;
    this.start();
  }

  /** Throws cancelled, disk-*, search-broken. */
  async query(query: SearchQuery, { signal }: Pick<Job, 'signal'>): Promise<SearchResult> {
    const startedAt = this.now();
    // Lets a cancellation that arrives with a newer query take effect before this one starts.
    await setImmediate();
    for (;;) {
      signal.throwIfAborted();
      const index = await this.openIndex();
      try {
        const answer = await index.query(query, signal);
        return { ...answer, tookMs: this.now() - startedAt, isComplete: !this.hasWork() && !this.running };
      } catch (error) {
        if (!(error instanceof IndexDamaged)) throw error;
        await this.discard(index);
      }
    }
  }

  /** Resolves when every stored session is in the index. Throws cancelled, disk-*, search-broken. */
  async catchUp({ signal, onProgress }: Job): Promise<void> {
    signal.throwIfAborted();
    this.listeners.add(onProgress);
    let stop = (): void => undefined;
    const aborted = new Promise<void>((resolve) => (stop = resolve));
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.failure = undefined;
      while (this.running || this.hasWork()) {
        this.start();
        await Promise.race([this.running, aborted]);
        signal.throwIfAborted();
        this.assertNotFailed();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.listeners.delete(onProgress);
    }
  }

  /** Resolves when the search no longer uses the disk. */
  async close({ isDeleted }: { isDeleted: boolean }): Promise<void> {
    this.isClosed = true;
    await this.running;
    await this.opening?.catch(() => undefined);
    this.index?.close();
    this.index = undefined;
    if (isDeleted) await rm(this.location.folder, { recursive: true, force: true });
  }

  private assertNotFailed(): void {
    if (this.failure) throw this.failure;
  }

  private hasWork(): boolean {
    return !this.isClosed && (this.isAllChanged || this.changed.size > 0);
  }

  private async openIndex({ isNew = false } = {}): Promise<SearchIndex> {
    if (this.isClosed) throw new CasementError('worker-gone');
    if (this.index) return this.index;
    this.opening ??= this.openOnce(isNew).finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async openOnce(isNew: boolean): Promise<SearchIndex> {
    if (isNew) await deleteIndex(this.location.folder);
    return (this.index = await openSearchIndex(this.location));
  }

  /** Replaces a damaged index with an empty one, unless it has been replaced already. */
  private async discard(index: SearchIndex): Promise<void> {
    if (this.index !== index) return;
    index.close();
    this.index = undefined;
    this.isAllChanged = true;
    if (++this.rebuilds > mostRebuilds) throw new CasementError('search-broken');
    await this.openIndex({ isNew: true });
    this.start();
  }

  private async work(): Promise<void> {
    this.done = 0;
    while (this.hasWork()) {
      const index = await this.openIndex();
      try {
        if (this.isAllChanged) await this.compareAll(index);
        await this.readChanged(index);
      } catch (error) {
        if (!(error instanceof IndexDamaged)) throw error;
        await this.discard(index);
      }
    }
  }

  private async compareAll(index: SearchIndex): Promise<void> {
    const known = index.stamps();
    const stored = await this.vault.list();
    for (const { id } of stored) this.changed.add(id);
    for (const id of known.keys()) this.changed.add(id);
    this.isAllChanged = false;
  }

  private async readChanged(index: SearchIndex): Promise<void> {
    const known = index.stamps();
    for (const id of this.changed) {
      if (this.isClosed) return;
      this.changed.delete(id);
      try {
        await this.readOne(index, id, known);
      } catch (error) {
        this.changed.add(id);
        throw error;
      }
      this.done++;
      this.reportProgress();
      // Lets requests of the shell run in between.
      await setImmediate();
    }
  }

  private async readOne(index: SearchIndex, id: string, known: Map<string, string>): Promise<void> {
    const state = await readState(this.vault, id);
    if (state && state.stamp === known.get(id)) return;
    const isIn = state && (await unlessGone(() => this.putSession(index, state)));
    if (this.isClosed) return;
    if (state && isIn) known.set(id, state.stamp);
    else if (known.delete(id)) index.removeSession(id);
  }

  private async putSession(index: SearchIndex, state: SessionState): Promise<true> {
    await index.putSession(await readSession(this.vault, state), state.stamp);
    return true;
  }

  private reportProgress(): void {
    for (const listener of this.listeners) {
      listener({ phase: 'indexing', done: this.done, total: this.done + this.changed.size });
    }
  }
}
