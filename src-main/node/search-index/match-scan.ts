import type { SearchKind } from '../../contract/search';
import type { Database, Statement } from './database';
import { placesOf } from './schema';
import { kindBitsOf } from './session-filter';

/** Rows of other sessions that are passed over before a new start is cheaper. */
const patience = 100;

/**
 * The places at which an expression matches, session by session in the order of their numbers. One run of SQLite serves many sessions:
 * it begins anew only where it would have to walk past too much.
 */
export class MatchScan {
  private readonly statement: Statement;
  private readonly kindBits: number;
  private row: number | undefined;
  private isRunning = false;

  constructor(
    database: Database,
    private readonly match: string,
    kinds: readonly SearchKind[],
  ) {
    this.kindBits = kindBitsOf(kinds);
    this.statement = database.prepare(
      `SELECT rowid FROM place_words WHERE place_words MATCH ? AND rowid >= ? AND (? = 0 OR (? >> (rowid & 63)) & 1)
       ORDER BY rowid`,
    );
  }

  /** Ids of a session's places in the order of time, so many at most. Its number is higher than that of the one asked before. */
  placesIn(sessionNo: number, limit: number): number[] {
    const [first, last] = placesOf(sessionNo);
    if (!this.isRunning) this.startAt(first);
    for (let passed = 0; this.row !== undefined && this.row < first; passed++) {
      if (passed === patience) this.startAt(first);
      else this.step();
    }
    const found: number[] = [];
    while (this.row !== undefined && this.row <= last && found.length < limit) {
      found.push(this.row);
      this.step();
    }
    return found;
  }

  /** Before anything else may happen to the database; the next session starts it again. */
  pause(): void {
    this.statement.stop();
    this.isRunning = false;
  }

  close(): void {
    this.statement.finalize();
  }

  private startAt(id: number): void {
    this.statement.start([this.match, id, this.kindBits, this.kindBits]);
    this.isRunning = true;
    this.step();
  }

  private step(): void {
    const id = this.statement.next()?.[0];
    this.row = typeof id === 'number' ? id : undefined;
  }
}
