import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import { readMoment } from '../read-moment';
import type { FetchPort, OpenOptions, RecordingPart, SessionPage, SessionQuery, Source } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { verifyUmami } from './verify';

const pageSize = 100;
const pagesLimit = 10_000;
const listLimitBytes = 4_000_000;
/** Umami requires both ends of a range; a missing one is replaced by the year 2000 or 2100. */
const earliestMs = Date.UTC(2000, 0);
const latestMs = Date.UTC(2100, 0);

const Uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
/** Some databases return sums as text. */
const Count = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.safeInteger(), v.minValue(0));
/** ClickHouse returns UTC times without a zone. */
const Moment = v.pipe(
  v.union([v.pipe(v.string(), v.maxLength(60)), v.number()]),
  v.transform((value) =>
    readMoment(typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)[ T]([\d:.]+)$/, '$1T$2Z') : value),
  ),
  v.number(),
);
const shortText = v.nullish(v.pipe(v.string(), v.maxLength(320)), '');

const Listed = v.object({
  id: Uuid,
  browser: shortText,
  os: shortText,
  eventCount: v.nullish(Count),
  startedAt: Moment,
  endedAt: v.nullish(Moment),
});
const List = v.object({ data: v.pipe(v.array(Listed), v.maxLength(pageSize)), count: v.nullish(Count, 0) });

export interface UmamiPlace {
  websiteId: string;
}

/** Returns the `authorization` header for a login token or an API key (`umami_…`). */
export function umamiAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** Throws `connection-place` for an invalid website id. */
export function createUmamiSource(fetch: FetchPort, { websiteId }: UmamiPlace): Source {
  if (!v.is(Uuid, websiteId)) throw new CasementError('connection-place', { field: sourceWords.places.website });
  const base = `/api/websites/${websiteId}/replays`;
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'distinctId', 'from', 'to'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verifyUmami(fetch, `${base}?${writeQuery({}, 1, 1).toString()}`, signal),
    search: (query, cursor, signal) => search(fetch, base, query, cursor, signal),
    open: (remoteId, options) => ({
      parts: readReplay(fetch, base, remoteId, options),
      facts: () => ({ completeness: [], mutableUntil: undefined }),
    }),
    deepLink: () => undefined,
  };
}

async function search(
  fetch: FetchPort,
  base: string,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const page = cursor === undefined ? 1 : Number(/^[1-9]\d{0,4}$/.exec(cursor)?.[0] ?? NaN);
  if (!(page <= pagesLimit)) throw new CasementError('remote-endless');
  const params = writeQuery(query, page, pageSize);
  const reply = await fetch({ method: 'GET', path: `${base}?${params.toString()}`, signal });
  expectOk(reply, 'service');
  const { data, count } = checkShape(List, await reply.json(listLimitBytes));
  const hasNext = data.length > 0 && page * pageSize < count;
  return {
    sessions: data.map(toRemoteSession),
    cursor: hasNext && page < pagesLimit ? String(page + 1) : undefined,
    isTruncated: hasNext && page === pagesLimit,
  };
}

/** Umami has no email addresses, only the id that the page passed to `identify`, which may be one. */
const userOf = ({ distinctId, uid, email }: SessionQuery): string | undefined => distinctId || uid || email;

function writeQuery(query: SessionQuery, page: number, size: number): URLSearchParams {
  const { from = earliestMs, to = latestMs } = query;
  const params = new URLSearchParams({ startAt: String(from), endAt: String(to) });
  params.set('page', String(page));
  params.set('pageSize', String(size));
  const user = userOf(query);
  if (user) params.set('search', user);
  return params;
}

/** Umami doesn't report the user. It searches anywhere in the id, and in other fields as well. */
function toRemoteSession(listed: v.InferOutput<typeof Listed>): RemoteSession {
  const { id, browser, os, eventCount, startedAt, endedAt } = listed;
  return {
    remoteId: id,
    user: '',
    startedAt,
    ...(typeof endedAt === 'number' && { durationMs: Math.max(0, endedAt - startedAt) }),
    ...(typeof eventCount === 'number' && { eventCount }),
    entryPage: '',
    browser: [browser, os].filter((name) => name !== '').join(', '),
  };
}

async function* readReplay(
  fetch: FetchPort,
  base: string,
  remoteId: string,
  { signal }: OpenOptions = {},
): AsyncGenerator<RecordingPart> {
  if (!v.is(Uuid, remoteId)) throw new CasementError('remote-not-found');
  const reply = await fetch({ method: 'GET', path: `${base}/${remoteId}`, signal });
  expectOk(reply, 'session');
  expectRecording(reply);
  yield* streamDocument(reply, { resume: undefined });
}
