import { mostMoments, type SearchQuery } from '../../contract/search';
import { readCursor, writeCursor } from './cursor';
import type { Database } from './database';
import { readHit } from './read-hit';
import type { QueryAnswer } from './query-answer';
import { idRangeOf } from './schema';
import { filterSessions, kindBitsOf } from './session-filter';

/** Answers a query without search terms: applies only the filters, and returns the positions of the requested kinds. */
export function listSessions(database: Database, query: SearchQuery, pageLength: number): QueryAnswer {
  const { where, values } = filterSessions(query);
  const [count] = database.run(`SELECT count(*) FROM session WHERE ${where}`, values);
  const rows = database.run(`SELECT no FROM session WHERE ${where} AND no > ? ORDER BY no LIMIT ?`, [
    ...values,
    readCursor(query.cursor).after,
    pageLength + 1,
  ]);
  const numbers = rows.slice(0, pageLength).map(([no]) => Number(no));
  const hits = numbers.map((no) => readHit(database, no, positionsOfKinds(database, query, no), [], true));
  const last = rows.length > pageLength ? numbers.at(-1) : undefined;
  return {
    hits,
    sessionCount: Number(count?.[0]),
    isUpperBound: false,
    ...(last !== undefined && { cursor: writeCursor({ part: 'together', after: last }) }),
  };
}

function positionsOfKinds(database: Database, { filters: { kinds = [] } }: SearchQuery, no: number): number[] {
  if (kinds.length === 0) return [];
  const sql = 'SELECT id FROM place WHERE id BETWEEN ? AND ? AND (? >> (id & 63)) & 1 ORDER BY id LIMIT ?';
  return database.run(sql, [...idRangeOf(no), kindBitsOf(kinds), mostMoments]).map(([id]) => Number(id));
}
