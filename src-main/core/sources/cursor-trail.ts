import { CasementError } from '../../contract/errors';

/** More pages than any honest list has. */
const mostPages = 5_000;

/**
 * The cursors that a list has led through. A server that hands one out again, or goes on for ever, would keep its client
 * asking for ever: `remote-endless`.
 */
export class CursorTrail {
  private readonly seen = new Set<string>();

  constructor(private readonly limit = mostPages) {}

  /** Notes the cursor that is asked with next; undefined where a list starts or has ended. */
  note(cursor: string | undefined): void {
    if (cursor === undefined) return;
    if (this.seen.has(cursor) || this.seen.size >= this.limit) {
      throw new CasementError('remote-endless');
    }
    this.seen.add(cursor);
  }
}
