import * as v from 'valibot';
import { CasementError, hasCode } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { isFiniteNumber, isRecord } from '../../recording/json';
import { checkShape } from '../check-reply';
import { readMoment } from '../read-moment';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import { fetchEvents } from './open';
import { writeRemoteId } from './replay-name';
import { readResult } from './reply';

const listLimitBytes = 32_000_000;
/** A page has 20 occurrences, and few of them a replay; the user can ask for more. */
const pagesInSearch = 5;
const pagesLimit = 10_000;

const text = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(8000)), '');
/** An item of the notifier's `attributes`; others may have any value. */
const Attribute = v.object({ key: v.nullish(v.string()), value: v.nullish(v.unknown()) });

const Occurrence = v.object({
  timestamp: v.nullish(v.union([v.string(), v.number()])),
  data: v.nullish(
    v.object({
      environment: text,
      attributes: v.nullish(v.array(Attribute)),
      person: v.nullish(v.object({ id: text, email: text, username: text })),
      request: v.nullish(v.object({ url: text })),
      client: v.nullish(v.object({ javascript: v.nullish(v.object({ browser: text })) })),
    }),
  ),
});
type Occurrence = v.InferOutput<typeof Occurrence>;

const List = v.object({ instances: v.nullish(v.pipe(v.array(Occurrence), v.maxLength(1000))) });

/** Reads a page of occurrences, the newest first. Empty after the last one. */
export async function listOccurrences(fetch: FetchPort, page: number, signal?: AbortSignal): Promise<Occurrence[]> {
  const reply = await fetch({ method: 'GET', path: `/api/1/instances?page=${page}`, signal });
  return checkShape(List, await readResult(reply, listLimitBytes, 'service')).instances ?? [];
}

/**
 * Lists the replays of occurrences. Rollbar has no list of replays and no filter for occurrences, so each call reads a few pages of them.
 */
export async function searchRollbar(
  fetch: FetchPort,
  query: SessionQuery,
  cursor = '1',
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { sessionId, from = 0 } = query;
  if (sessionId) return findOne(fetch, sessionId, signal);
  if (!/^[1-9]\d{0,4}$/.test(cursor)) throw new CasementError('remote-endless');
  const found = new Map<string, RemoteSession>();
  for (let page = Number(cursor), end = page + pagesInSearch; page < end; page++) {
    const occurrences = await listOccurrences(fetch, page, signal);
    for (const occurrence of occurrences) {
      const session = toRemoteSession(occurrence, query);
      if (session && !found.has(session.remoteId)) found.set(session.remoteId, session);
    }
    const isPast = occurrences.some(({ timestamp }) => (readMoment(timestamp) ?? Infinity) < from);
    if (occurrences.length === 0 || isPast)
      return { sessions: [...found.values()], cursor: undefined, isTruncated: false };
  }
  const next = Number(cursor) + pagesInSearch;
  return {
    sessions: [...found.values()],
    cursor: next <= pagesLimit ? String(next) : undefined,
    isTruncated: next > pagesLimit,
  };
}

/** Rollbar can't list one replay, so its times are read from its events. */
async function findOne(fetch: FetchPort, remoteId: string, signal: AbortSignal | undefined): Promise<SessionPage> {
  const { events } = await fetchEvents(fetch, remoteId, signal).catch((error: unknown) => {
    if (hasCode(error, 'remote-not-found')) return { events: [] };
    throw error;
  });
  const times = events.flatMap(({ timestamp }) => (isFiniteNumber(timestamp) ? timestamp : []));
  const startedAt = times.reduce((one, other) => Math.min(one, other), Infinity);
  const endedAt = times.reduce((one, other) => Math.max(one, other), -Infinity);
  const session = { remoteId, user: '', startedAt, durationMs: endedAt - startedAt, eventCount: events.length };
  const sessions = times.length > 0 ? [{ ...session, entryPage: '', browser: '' }] : [];
  return { sessions, cursor: undefined, isTruncated: false };
}

function toRemoteSession({ timestamp, data }: Occurrence, query: SessionQuery): RemoteSession | undefined {
  const attribute = (name: string): string => {
    const value = data?.attributes?.find(({ key }) => key === name)?.value;
    return typeof value === 'string' ? value : '';
  };
  const startedAt = readMoment(timestamp);
  const name = {
    environment: data?.environment ?? '',
    sessionId: attribute('session_id'),
    replayId: attribute('replay_id'),
  };
  const remoteId = writeRemoteId(name);
  if (remoteId === undefined || startedAt === undefined || !isRecord(data)) return undefined;
  const { id = '', email = '', username = '' } = data.person ?? {};
  const { from = 0, to = Infinity } = query;
  const isAsked =
    startedAt >= from &&
    startedAt <= to &&
    (!query.email || query.email.toLowerCase() === email.toLowerCase()) &&
    (!query.uid || query.uid === id);
  if (!isAsked) return undefined;
  return {
    remoteId,
    user: email || username || id,
    startedAt,
    entryPage: withoutQuery(data.request?.url ?? ''),
    browser: data.client?.javascript?.browser ?? '',
  };
}
