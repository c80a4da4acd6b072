import type { SearchKind } from '../../contract/search';
import type { Database, Statement } from './database';
import { idRangeOf } from './schema';
import { kindBitsOf } from './session-filter';

/** Rows of other sessions to skip one by one; a restart is cheaper for more. */
const maxSkippedRows = 100;

/**
 * Finds the positions that match an expression, session by session, ordered by number. One run of the statement serves
 * many sessions; it restarts only if it would have to skip too many rows.
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

  /** Returns at most `limit` ids of matching positions, ordered by time. Session numbers must ascend from call to call. */
  positionsIn(sessionNo: number, limit: number): number[] {
    const [first, last] = idRangeOf(sessionNo);
    if (!this.isRunning) this.startAt(first);
    for (let skipped = 0; this.row !== undefined && this.row < first; skipped++) {
      if (skipped === maxSkippedRows) this.startAt(first);
      else this.step();
    }
    const found: number[] = [];
    while (this.row !== undefined && this.row <= last && found.length < limit) {
      found.push(this.row);
      this.step();
    }
    return found;
  }

  /** Must be called before other code uses the database. The next session restarts the statement. */
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
