import { CasementError } from '../../contract/errors';

/** No real list has more pages. */
const pagesLimit = 5_000;

/**
 * Remembers the cursors of a list. Throws `remote-endless` if the server repeats one or the list has too many pages: the client would
 * request pages forever.
 */
export class CursorTrail {
  private readonly seen = new Set<string>();

  constructor(private readonly limit = pagesLimit) {}

  /** Adds the cursor of the next request; undefined at the start and at the end of a list. */
  note(cursor: string | undefined): void {
    if (cursor === undefined) return;
    if (this.seen.has(cursor) || this.seen.size >= this.limit) {
      throw new CasementError('remote-endless');
    }
    this.seen.add(cursor);
  }
}
