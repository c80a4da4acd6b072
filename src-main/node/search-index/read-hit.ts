import * as v from 'valibot';
import { SessionId } from '../../contract/ids';
import type { SearchHit, SearchMoment } from '../../contract/search';
import { StoredSession } from '../../contract/session';
import { severities } from '../../contract/timeline';
import { makeSnippet, type FoundWords } from '../../core/search/snippet';
import type { Database } from './database';
import { kindOfPosition } from './schema';

/** The most positions to show for one session. */
const shownPositions = 6;

/** Returns a session of the result with its first positions. */
export function readHit(
  database: Database,
  no: number,
  positionIds: readonly number[],
  found: readonly FoundWords[],
  isTogether: boolean,
): SearchHit {
  const [row = []] = database.run(
    'SELECT id, title, origin, sourceName, startedAt, durationMs, errorCount FROM session WHERE no = ?',
    [no],
  );
  const [id, title, from, sourceName, startedAt, durationMs, errorCount] = row;
  return {
    sessionId: v.parse(SessionId, id),
    title: String(title),
    from: v.parse(StoredSession.entries.from, from),
    sourceName: String(sourceName),
    startedAt: Number(startedAt),
    durationMs: Number(durationMs),
    errorCount: Number(errorCount),
    isTogether,
    moments: readMoments(database, positionIds.slice(0, shownPositions), found),
    momentCount: positionIds.length,
  };
}

function readMoments(database: Database, ids: readonly number[], found: readonly FoundWords[]): SearchMoment[] {
  if (ids.length === 0) return [];
  const rows = database.run(
    `SELECT id, atMs, untilMs, windowId, severity, text FROM place WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id`,
    ids,
  );
  return rows.map(([id, atMs, untilMs, windowId, severity, text]) => ({
    atMs: Number(atMs),
    ...(typeof untilMs === 'number' && { untilMs }),
    windowId: String(windowId),
    kind: kindOfPosition(Number(id)),
    severity: severities[Number(severity)] ?? 'info',
    ...makeSnippet(String(text), found),
  }));
}
