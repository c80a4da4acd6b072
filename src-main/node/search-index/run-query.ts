import { setImmediate } from 'node:timers/promises';
import type { SearchHit, SearchQuery } from '../../contract/search';
import { parseQuery } from '../../core/search/parse-query';
import type { QueryAnswer } from './query-answer';
import { readCursor, writeCursor, type Cursor } from './cursor';
import type { Database } from './database';
import { listSessions } from './list-sessions';
import { WordMatcher, type WrittenQuery } from './match-words';
import { readHit } from './read-hit';
import { filterSessions } from './session-filter';
import { SessionFinder } from './session-finder';

const pageLength = 20;
/** Sessions to search before yielding to other work and to a cancel request. */
const sessionsPerTurn = 40;

/** Runs queries on the tables. */
export class QueryRunner {
  private readonly matcher: WordMatcher;

  constructor(
    private readonly database: Database,
    private readonly attempt: <T>(step: () => T) => T,
  ) {
    this.matcher = new WordMatcher(database);
  }

  /** Throws the signal's reason, IndexDamaged, disk-*. */
  async run(query: SearchQuery, signal: AbortSignal): Promise<QueryAnswer> {
    const parsed = parseQuery(query.text);
    if (parsed.terms.length === 0) return this.attempt(() => listSessions(this.database, query, pageLength));
    const written = this.attempt(() => this.matcher.writeOut(parsed));
    if (!written) return { hits: [], sessionCount: 0, isUpperBound: false };
    const candidates = this.attempt(() => this.findCandidates(query, written));
    const finder = this.attempt(() => new SessionFinder(this.database, written, query.filters.kinds ?? []));
    try {
      return await this.searchSessions(candidates, finder, query, written, signal);
    } finally {
      finder.close();
    }
  }

  /** Returns the numbers of the sessions that contain all words and pass the filters, newest first. */
  private findCandidates(query: SearchQuery, { anywhere }: WrittenQuery): number[] {
    const { where, values } = filterSessions(query);
    const sql = `SELECT no FROM session
      WHERE no IN (SELECT rowid FROM session_words WHERE session_words MATCH ?) AND ${where} ORDER BY no`;
    return this.database.run(sql, [anywhere, ...values]).map(([no]) => Number(no));
  }

  private async searchSessions(
    candidates: readonly number[],
    finder: SessionFinder,
    query: SearchQuery,
    written: WrittenQuery,
    signal: AbortSignal,
  ): Promise<QueryAnswer> {
    const { kinds = [] } = query.filters;
    const start = readCursor(query.cursor);
    // With a filter by kind, a position of that kind must contain all words; words at other positions don't count.
    const canBeApart = written.each.length > 1 && kinds.length === 0;
    const hits: SearchHit[] = [];
    let last: Cursor | undefined;
    for (const part of ['together', 'apart'] as const) {
      if (part === 'apart' ? !canBeApart : start.part === 'apart') continue;
      const rest = part === start.part ? candidates.filter((no) => no > start.after) : candidates;
      for (const [index, no] of rest.entries()) {
        if (index % sessionsPerTurn === sessionsPerTurn - 1) {
          finder.pause();
          await setImmediate();
        }
        signal.throwIfAborted();
        const positions = this.attempt(() => finder[part](no));
        if (positions.length === 0) continue;
        if (hits.length === pageLength && last) {
          const isUpperBound = written.hasExcluded || kinds.length > 0;
          return { hits, sessionCount: candidates.length, isUpperBound, cursor: writeCursor(last) };
        }
        hits.push(this.attempt(() => readHit(this.database, no, positions, written.found, part === 'together')));
        last = { part, after: no };
      }
    }
    // If the first page is also the last, the count is exact.
    const sessionCount = query.cursor === undefined ? hits.length : candidates.length;
    return { hits, sessionCount, isUpperBound: query.cursor !== undefined };
  }
}
