import type { SearchQuery } from '../../contract/search';
import { deleteIndex, IndexDamaged, openIndex, type IndexLocation, type OpenIndex } from './index-files';
import type { QueryAnswer } from './query-answer';
import { QueryRunner } from './run-query';
import { FilterTexts, listSearchableTexts, type IndexedSession } from './searchable-texts';
import { SessionStore, type Filling } from './session-store';

/**
 * Full-text search over the imported sessions. It is derived from the vault, so it can always be rebuilt. All methods but `close` may
 * throw disk-* and IndexDamaged, after which only `close` may be called.
 */
export interface SearchIndex {
  /** Returns the stamp of each indexed session, by the session's id. */
  stamps(): Map<string, string>;
  /**
   * Adds a session part by part. Searches find its previous version until the last part is added. The stamp identifies the state of
   * the session that was indexed. If the timeline throws, the session's new parts are removed and the error is rethrown.
   */
  putSession(indexed: IndexedSession, stamp: string): Promise<void>;
  removeSession(id: string): void;
  /** Also throws the signal's reason. */
  query(query: SearchQuery, signal: AbortSignal): Promise<QueryAnswer>;
  close(): void;
}

/** Opens the index in a folder, or replaces it with an empty one if it can't be used. Throws disk-*. */
export async function openSearchIndex(location: IndexLocation): Promise<SearchIndex> {
  try {
    return new SqliteSearchIndex(await openIndex(location));
  } catch (error) {
    if (!(error instanceof IndexDamaged)) throw error;
    await deleteIndex(location.folder);
    return new SqliteSearchIndex(await openIndex(location));
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
      for await (const positions of listSearchableTexts(indexed, filters))
        this.transact(() => this.store.add(filling, positions));
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

  /** Errors are ignored, because the caller throws the original one. Remaining rows are removed when the index is opened again. */
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
