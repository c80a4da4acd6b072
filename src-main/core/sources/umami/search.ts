import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, FetchReply, SessionPage, SessionQuery } from '../source';
import { List, listLimitBytes, shortLimitBytes, UmamiSession, Uuid, type Listed } from './protocol';

const pageSize = 100;
/** The user of each replay on a page is requested on its own. */
const checkedPageSize = 25;
const pagesLimit = 10_000;
/** Umami requires both ends of a range; a missing one is replaced by the year 2000 or 2100. */
const earliestMs = Date.UTC(2000, 0);
const latestMs = Date.UTC(2100, 0);

/** A value that no visit has. A list that isn't empty with it shows that the server ignores the filter. */
const impossible = 'casement-filter-check';

export interface UmamiRequests {
  fetch: FetchPort;
  /** The path of the website. */
  base: string;
  signal: AbortSignal | undefined;
}

const nothing: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };

/**
 * Lists replays. Umami has no email addresses, only the id that the page passed to `identify`, which may be one. A search returns the replays of
 * exactly this id.
 */
export async function searchUmami(
  requests: UmamiRequests,
  query: SessionQuery,
  cursor: string | undefined,
): Promise<SessionPage> {
  if (query.sessionId) return findReplay(requests, query.sessionId, query);
  const [user, ...others] = [query.distinctId, query.uid, query.email].filter(
    (name) => name !== undefined && name !== '',
  );
  if (user === undefined) return listAll(requests, query, cursor);
  if (others.some((other) => other !== user)) return nothing;
  const at = readCursor(cursor);
  // Commas separate several values of a filter, so this id can't be one.
  if (at?.isChecked === true || user.includes(',')) return checkUsers(requests, query, user, at?.page ?? 1);
  const isEmail = user === query.email;
  const names = isEmail && user !== user.toLowerCase() ? [user, user.toLowerCase()] : [user];
  for (const [index, name] of names.entries()) {
    if (at !== undefined && at.name !== index) continue;
    const page = await filterByUser(requests, query, name, { name: index, page: at?.page ?? 1 });
    if (page === undefined) return checkUsers(requests, query, user, 1);
    if (page.sessions.length > 0 || page.cursor !== undefined) return page;
  }
  return nothing;
}

async function listAll(requests: UmamiRequests, query: SessionQuery, cursor: string | undefined): Promise<SessionPage> {
  const page = readPage(cursor);
  const params = writeQuery(query, page, pageSize);
  const reply = await askReplays(requests, params);
  expectOk(reply, 'service');
  const list = checkShape(List, await reply.json(listLimitBytes));
  if (query.page && list.data.length > 0 && page === 1) await expectFilter(requests, 'path');
  return toPage(list, query, { page, size: pageSize, user: '', cursorOf: String });
}

/**
 * Returns a page of the replays of an id by Umami's own filter, or undefined if the server can't filter by id: Umami ignores the filter before
 * 2026-01-26, and fails with PostgreSQL in 3.1.0 (umami-software/umami c0ea3aef, src/queries/sql/replays/getSessionReplays.ts: the query
 * names a table that it doesn't join).
 */
async function filterByUser(
  requests: UmamiRequests,
  query: SessionQuery,
  user: string,
  at: { name: number; page: number },
): Promise<SessionPage | undefined> {
  const params = writeQuery(query, at.page, pageSize);
  params.set('distinctId', escapeFilter(user));
  const reply = await askReplays(requests, params);
  if (reply.status === 500) {
    reply.discard();
    return undefined;
  }
  expectOk(reply, 'service');
  const list = checkShape(List, await reply.json(listLimitBytes));
  if (list.data.length > 0 && at.page === 1) {
    if (!(await isFilter(requests, 'distinctId'))) return undefined;
    if (query.page) await expectFilter(requests, 'path');
  }
  const cursorOf = (page: number): string => `e${at.name}:${page}`;
  return toPage(list, query, { page: at.page, size: pageSize, user, cursorOf });
}

/**
 * Returns a page of Umami's search, which also finds parts of ids, cities, browsers and systems, with only the replays whose session has
 * exactly this id. A replay whose session can't be read is left out, and the page says so.
 */
async function checkUsers(
  requests: UmamiRequests,
  query: SessionQuery,
  user: string,
  page: number,
): Promise<SessionPage> {
  const params = writeQuery(query, page, checkedPageSize);
  params.set('search', user);
  const reply = await askReplays(requests, params);
  expectOk(reply, 'service');
  const list = checkShape(List, await reply.json(listLimitBytes));
  if (query.page && list.data.length > 0 && page === 1) await expectFilter(requests, 'path');
  const isSame = (id: string): boolean =>
    user === query.email ? id.toLowerCase() === user.toLowerCase() : id === user;
  const users = new Map<string, string | undefined>();
  const data: Listed[] = [];
  let isCut = false;
  for (const listed of list.data) {
    const sessionId = listed.sessionId ?? '';
    if (!users.has(sessionId)) users.set(sessionId, sessionId === '' ? undefined : await askUser(requests, sessionId));
    const known = users.get(sessionId);
    if (known === undefined) isCut = true;
    else if (isSame(known)) data.push(listed);
  }
  const found = toPage({ ...list, data }, query, {
    page,
    size: checkedPageSize,
    user,
    cursorOf: (next) => `c0:${next}`,
    isEmpty: list.data.length === 0,
  });
  return { ...found, isTruncated: found.isTruncated || isCut };
}

/** Returns the id that a session was identified with, '' if it was not, undefined if the session can't be read. */
async function askUser({ fetch, base, signal }: UmamiRequests, sessionId: string): Promise<string | undefined> {
  const reply = await fetch({ method: 'GET', path: `${base}/sessions/${sessionId}`, signal });
  // A limit or a failing gateway concerns all sessions.
  if (reply.status === 429 || reply.status > 500) expectOk(reply, 'service');
  if (reply.status !== 200) {
    reply.discard();
    return undefined;
  }
  const session = v.safeParse(UmamiSession, await reply.json(shortLimitBytes));
  return session.success ? session.output.distinctId : undefined;
}

/** Returns false if the server ignores a filter. */
async function isFilter(requests: UmamiRequests, name: string): Promise<boolean> {
  const params = writeQuery({}, 1, 1);
  params.set(name, impossible);
  const reply = await askReplays(requests, params);
  if (reply.status === 500) {
    reply.discard();
    return false;
  }
  expectOk(reply, 'service');
  return checkShape(List, await reply.json(listLimitBytes)).data.length === 0;
}

async function expectFilter(requests: UmamiRequests, name: string): Promise<void> {
  if (!(await isFilter(requests, name))) throw new CasementError('search-unknown');
}

/**
 * Returns a replay by its own id, or all replays of a session by the session's id. Umami lists the replays of a session; the session of a replay
 * is at the start of the replay.
 */
async function findReplay(requests: UmamiRequests, id: string, query: SessionQuery): Promise<SessionPage> {
  if (!v.is(Uuid, id)) return nothing;
  const ofSession = await listOfSession(requests, id);
  if (ofSession.length > 0) return only(ofSession, query);
  const sessionId = await askSessionOf(requests, id);
  if (sessionId === undefined) return nothing;
  const listed = sessionId === '' ? [] : await listOfSession(requests, sessionId);
  const found = listed.filter(({ remoteId }) => remoteId === id);
  return found.length > 0
    ? only(found, query)
    : { ...nothing, sessions: [{ remoteId: id, user: '', startedAt: 0, entryPage: '', browser: '' }] };
}

const only = (sessions: readonly RemoteSession[], query: SessionQuery): SessionPage => ({
  ...nothing,
  sessions: sessions.filter(
    (session) =>
      session.startedAt >= (query.from ?? 0) &&
      session.startedAt <= (query.to ?? Infinity) &&
      hasLength(session, query),
  ),
});

async function listOfSession({ fetch, base, signal }: UmamiRequests, sessionId: string): Promise<RemoteSession[]> {
  const params = writeQuery({}, 1, pageSize).toString();
  const reply = await fetch({ method: 'GET', path: `${base}/sessions/${sessionId}/replays?${params}`, signal });
  if (reply.status === 404 || reply.status === 500) {
    reply.discard();
    return [];
  }
  expectOk(reply, 'service');
  const { data } = checkShape(List, await reply.json(listLimitBytes));
  return data.map((listed) => toRemoteSession(listed, ''));
}

/** Returns the session of a replay from the first bytes of its reply; '' if they don't contain it, undefined if there is no such replay. */
async function askSessionOf({ fetch, base, signal }: UmamiRequests, id: string): Promise<string | undefined> {
  const reply = await fetch({ method: 'GET', path: `${base}/replays/${id}`, signal });
  if (reply.status === 404) {
    reply.discard();
    return undefined;
  }
  expectOk(reply, 'session');
  let text = '';
  for await (const bytes of reply.bytes()) {
    text += new TextDecoder().decode(bytes);
    if (text.length >= 100) break;
  }
  const [, value] = /^\s*\{\s*"sessionId"\s*:\s*(null|"[0-9a-f-]{36}")/i.exec(text) ?? [];
  if (value === 'null') return undefined;
  const sessionId = value?.slice(1, -1) ?? '';
  return v.is(Uuid, sessionId) ? sessionId : '';
}

function askReplays({ fetch, base, signal }: UmamiRequests, params: URLSearchParams): Promise<FetchReply> {
  return fetch({ method: 'GET', path: `${base}/replays?${params.toString()}`, signal });
}

export function writeQuery(query: SessionQuery, page: number, size: number): URLSearchParams {
  const { from = earliestMs, to = latestMs } = query;
  const params = new URLSearchParams({ startAt: String(from), endAt: String(to) });
  params.set('page', String(page));
  params.set('pageSize', String(size));
  // `c`: contains. Umami stores paths without their host.
  if (query.page) params.set('path', `c.${pathOf(query.page)}`);
  return params;
}

const pathOf = (page: string): string => (/^https?:/i.test(page) && URL.canParse(page) ? new URL(page).pathname : page);

/** A value that begins like an operator needs one (umami-software/umami c0ea3aef, src/lib/params.ts). */
const escapeFilter = (value: string): string => (/^[a-z]{1,3}\./.test(value) ? `eq.${value}` : value);

interface PagePosition {
  page: number;
  size: number;
  user: string;
  cursorOf: (page: number) => string;
  /** The server's page had no entries, though the count says that there are more. */
  isEmpty?: boolean;
}

function toPage({ data, count }: v.InferOutput<typeof List>, query: SessionQuery, at: PagePosition): SessionPage {
  const hasNext = !(at.isEmpty ?? data.length === 0) && at.page * at.size < count;
  return {
    sessions: data.map((listed) => toRemoteSession(listed, at.user)).filter((session) => hasLength(session, query)),
    cursor: hasNext && at.page < pagesLimit ? at.cursorOf(at.page + 1) : undefined,
    isTruncated: hasNext && at.page === pagesLimit,
  };
}

function hasLength({ durationMs }: RemoteSession, { minDurationMs, maxDurationMs }: SessionQuery): boolean {
  if (durationMs === undefined) return true;
  return durationMs >= (minDurationMs ?? 0) && durationMs <= (maxDurationMs ?? Infinity);
}

function readPage(text: string | undefined): number {
  const page = text === undefined ? 1 : Number(/^[1-9]\d{0,4}$/.exec(text)?.[0] ?? NaN);
  if (!(page <= pagesLimit)) throw new CasementError('remote-endless');
  return page;
}

/** Parses the cursor of a search for a user: `e` for the filter by the name at this index, `c` for the search with checked users. */
function readCursor(cursor: string | undefined): { isChecked: boolean; name: number; page: number } | undefined {
  if (cursor === undefined) return undefined;
  const match = /^([ec])([01]):([1-9]\d{0,4})$/.exec(cursor);
  if (!match) throw new CasementError('remote-endless');
  return { isChecked: match[1] === 'c', name: Number(match[2]), page: readPage(match[3]) };
}

function toRemoteSession(listed: Listed, user: string): RemoteSession {
  const { id, browser, os, eventCount, startedAt, endedAt } = listed;
  return {
    remoteId: id,
    user,
    startedAt,
    ...(typeof endedAt === 'number' && { durationMs: Math.max(0, endedAt - startedAt) }),
    ...(typeof eventCount === 'number' && { eventCount }),
    entryPage: '',
    browser: [browser, os].filter((name) => name !== '').join(', '),
  };
}
