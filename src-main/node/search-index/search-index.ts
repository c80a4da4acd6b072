import type { SearchQuery } from '../../contract/search';
import { deleteIndex, IndexDamaged, openIndex, type IndexPlace, type OpenIndex } from './index-files';
import type { QueryAnswer } from './query-answer';
import { QueryRunner } from './run-query';
import { FilterTexts, listSearchableTexts, type IndexedSession } from './searchable-texts';
import { SessionStore, type Filling } from './session-store';

/**
 * Full-text search over what was imported. Derived from the vault: whatever is wrong with it, it can be made anew.
 * Errors of all but `close`: IndexDamaged, after which only `close` makes sense; disk-*.
 */
export interface SearchIndex {
  /** The stamp of every session that is in it, by the session's id. */
  stamps(): Map<string, string>;
  /**
   * Puts a session in, part by part; what was there under its id is found until the last one is in. The stamp says from which state of
   * the session that was made. What the timeline throws is thrown on, and nothing of the session stays.
   */
  putSession(indexed: IndexedSession, stamp: string): Promise<void>;
  removeSession(id: string): void;
  /** Errors besides: cancelled. */
  query(query: SearchQuery, signal: AbortSignal): Promise<QueryAnswer>;
  close(): void;
}

/** Opens the index of a folder; one that can't be used is thrown away for an empty one. Errors: disk-*. */
export async function openSearchIndex(place: IndexPlace): Promise<SearchIndex> {
  try {
    return new SqliteSearchIndex(await openIndex(place));
  } catch (error) {
    if (!(error instanceof IndexDamaged)) throw error;
    await deleteIndex(place.folder);
    return new SqliteSearchIndex(await openIndex(place));
  }
}

class SqliteSearchIndex implements SearchIndex {
  private readonly store: SessionStore;
  private readonly runner: QueryRunner;

  constructor(private readonly open: OpenIndex) {
    const { database, attempt } = open;
    try {
      this.store = attempt(() => new SessionStore(database));
      this.transact(() => this.store.clear());
      this.runner = attempt(() => new QueryRunner(database, attempt));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  stamps(): Map<string, string> {
    return this.open.attempt(() => this.store.stamps());
  }

  async putSession(indexed: IndexedSession, stamp: string): Promise<void> {
    const { session } = indexed;
    const filters = new FilterTexts(session);
    const filling = this.transact(() => this.store.begin(session));
    try {
      for await (const places of listSearchableTexts(indexed, filters))
        this.transact(() => this.store.add(filling, places));
      this.transact(() => this.store.finish(filling, session, filters, stamp));
    } catch (error) {
      this.abandon(filling);
      throw error;
    }
  }

  removeSession(id: string): void {
    this.transact(() => this.store.remove(id));
  }

  query(query: SearchQuery, signal: AbortSignal): Promise<QueryAnswer> {
    return this.runner.run(query, signal);
  }

  close(): void {
    this.open.database.close();
  }

  /** Why it was given up is the error to tell; what can't be taken out now is when the index is opened again. */
  private abandon(filling: Filling): void {
    try {
      this.transact(() => this.store.abandon(filling));
    } catch {
      return;
    }
  }

  private transact<T>(step: () => T): T {
    const { database, attempt } = this.open;
    return attempt(() => database.transact(step));
  }
}
