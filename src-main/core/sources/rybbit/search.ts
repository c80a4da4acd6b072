import * as v from 'valibot';
import { CasementError, hasCode } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { readMetadata } from './open';
import { Replay, SessionId, toRemoteSession } from './replay';

const pageSize = 100;
const listLimitBytes = 4_000_000;
/** Rybbit wants both ends of a range as days; a missing one is replaced. */
const firstDay = '2000-01-01';
const lastDay = '2099-12-31';

const List = v.object({ data: v.pipe(v.array(Replay), v.maxLength(1000)) });

export async function searchRybbit(
  fetch: FetchPort,
  base: string,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { sessionId } = query;
  if (sessionId) return findOne(fetch, base, query, sessionId, signal);
  const { offset, firstId } = readCursor(cursor);
  const params = writeQuery(query);
  params.set('limit', String(pageSize));
  params.set('offset', String(offset));
  const reply = await fetch({ method: 'GET', path: `${base}/list?${params.toString()}`, signal });
  expectOk(reply, 'service');
  const { data } = checkShape(List, await reply.json(listLimitBytes));
  const first = data[0]?.session_id;
  if (first !== undefined && first === firstId) throw new CasementError('remote-endless');
  // The reply has no total: a full page may have a successor.
  const hasNext = first !== undefined && data.length >= pageSize;
  return {
    sessions: data.map(toRemoteSession).filter((session) => isWithin(session, query)),
    cursor: hasNext ? `${offset + data.length} ${first}` : undefined,
    isTruncated: false,
  };
}

/** Parses a cursor: an offset, and the first id of the page before, to detect a server that ignores paging. */
function readCursor(cursor = '0 '): { offset: number; firstId: string | undefined } {
  const [, offset, firstId] = /^(\d{1,9}) (.{0,100})$/.exec(cursor) ?? [];
  if (offset === undefined) throw new CasementError('remote-endless');
  return { offset: Number(offset), firstId };
}

function writeQuery({ email, uid, distinctId, from, to, minDurationMs }: SessionQuery): URLSearchParams {
  const params = new URLSearchParams();
  // Compared with the anonymous and the identified ID, exactly (sessionReplayQueryService.ts).
  const user = uid || email || distinctId;
  if (user) params.set('userId', user);
  if (from !== undefined || to !== undefined) {
    params.set('start_date', from === undefined ? firstDay : dayOf(from));
    params.set('end_date', to === undefined ? lastDay : dayOf(to));
    params.set('time_zone', 'UTC');
  }
  if (minDurationMs !== undefined) params.set('minDuration', String(Math.floor(minDurationMs / 1000)));
  return params;
}

const dayOf = (ms: number): string => new Date(Math.min(ms, Date.parse(lastDay))).toISOString().slice(0, 10);

/** The server's filters are coarser: days and seconds. */
function isWithin({ startedAt, durationMs = 0 }: RemoteSession, query: SessionQuery): boolean {
  const { from = 0, to = Infinity, minDurationMs = 0, maxDurationMs = Infinity } = query;
  return startedAt >= from && startedAt <= to && durationMs >= minDurationMs && durationMs <= maxDurationMs;
}

/** The list can't be filtered by a session, so its metadata is read from its recording. */
async function findOne(
  fetch: FetchPort,
  base: string,
  query: SessionQuery,
  id: string,
  signal: AbortSignal | undefined,
): Promise<SessionPage> {
  const found = v.is(SessionId, id)
    ? await readMetadata(fetch, base, id, signal).catch((error: unknown) => {
        if (hasCode(error, 'remote-not-found')) return undefined;
        throw error;
      })
    : undefined;
  const sessions = found ? [toRemoteSession(found)].filter((session) => isWithin(session, query)) : [];
  return { sessions, cursor: undefined, isTruncated: false };
}
