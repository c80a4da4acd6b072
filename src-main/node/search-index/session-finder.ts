import { mostMoments, type SearchKind } from '../../contract/search';
import type { Database } from './database';
import type { WrittenQuery } from './match-words';
import { MatchScan } from './match-scan';

/** Searches sessions one after the other, in the order of their numbers, and returns the positions of their matches. */
export class SessionFinder {
  private readonly open: MatchScan[] = [];
  private readonly wholes: MatchScan;
  private readonly others: MatchScan;
  private readonly parts: MatchScan[];
  private readonly any: MatchScan;

  constructor(database: Database, { together, each, any }: WrittenQuery, kinds: readonly SearchKind[]) {
    const scan = (match: string): MatchScan => {
      const opened = new MatchScan(database, match, kinds);
      this.open.push(opened);
      return opened;
    };
    this.wholes = scan(together);
    this.others = scan(together);
    this.parts = each.map(scan);
    this.any = scan(any);
  }

  /** Places where all words stand together. */
  together(sessionNo: number): number[] {
    return this.wholes.placesIn(sessionNo, mostMoments);
  }

  /** Of a session that has all words but nowhere together: the places where one of them stands. */
  apart(sessionNo: number): number[] {
    if (this.others.placesIn(sessionNo, 1).length > 0) return [];
    const hasEach = this.parts.every((part) => part.placesIn(sessionNo, 1).length > 0);
    return hasEach ? this.any.placesIn(sessionNo, mostMoments) : [];
  }

  pause(): void {
    for (const scan of this.open) scan.pause();
  }

  close(): void {
    for (const scan of this.open) scan.close();
  }
}
