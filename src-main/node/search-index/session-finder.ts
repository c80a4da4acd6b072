import { mostMoments, type SearchKind } from '../../contract/search';
import type { Database } from './database';
import type { WrittenQuery } from './match-words';
import { MatchScan } from './match-scan';

/** Searches sessions one after the other, ordered by number, and returns the positions of their matches. */
export class SessionFinder {
  private readonly open: MatchScan[] = [];
  private readonly allWords: MatchScan;
  /** Its own scan: within one scan, session numbers must ascend. */
  private readonly allWordsCheck: MatchScan;
  private readonly eachWord: MatchScan[];
  private readonly anyWord: MatchScan;

  constructor(database: Database, { together, each, any }: WrittenQuery, kinds: readonly SearchKind[]) {
    const scan = (match: string): MatchScan => {
      const opened = new MatchScan(database, match, kinds);
      this.open.push(opened);
      return opened;
    };
    this.allWords = scan(together);
    this.allWordsCheck = scan(together);
    this.eachWord = each.map(scan);
    this.anyWord = scan(any);
  }

  /** Returns the positions that contain all words. */
  together(sessionNo: number): number[] {
    return this.allWords.positionsIn(sessionNo, mostMoments);
  }

  /** Returns the positions with any of the words, for a session that has all words but no position with all of them. */
  apart(sessionNo: number): number[] {
    if (this.allWordsCheck.positionsIn(sessionNo, 1).length > 0) return [];
    const hasEach = this.eachWord.every((part) => part.positionsIn(sessionNo, 1).length > 0);
    return hasEach ? this.anyWord.positionsIn(sessionNo, mostMoments) : [];
  }

  pause(): void {
    for (const scan of this.open) scan.pause();
  }

  close(): void {
    for (const scan of this.open) scan.close();
  }
}
