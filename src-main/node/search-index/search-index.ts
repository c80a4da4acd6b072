import type { SearchQuery } from '../../contract/search';
import { deleteIndex, IndexDamaged, openIndex, type IndexPlace, type OpenIndex } from './index-files';
import type { QueryAnswer } from './query-answer';
import { QueryRunner } from './run-query';
import type { IndexedSession } from './session-places';
import { SessionStore } from './session-store';

/**
 * Full-text search over what was imported. Derived from the vault: whatever is wrong with it, it can be made anew.
 * Errors of all but `close`: IndexDamaged, after which only `close` makes sense; disk-*.
 */
export interface SearchIndex {
  /** The stamp of every session that is in it, by the session's id. */
  stamps(): Map<string, string>;
  /** Puts a session in, or in the place of what was there under its id. The stamp says from which state of the session that was made. */
  putSession(indexed: IndexedSession, stamp: string): void;
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
      this.runner = attempt(() => new QueryRunner(database, attempt));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  stamps(): Map<string, string> {
    return this.open.attempt(() => this.store.stamps());
  }

  putSession(indexed: IndexedSession, stamp: string): void {
    this.transact(() => this.store.put(indexed, stamp));
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

  private transact(step: () => void): void {
    const { database, attempt } = this.open;
    attempt(() => database.transact(step));
  }
}
