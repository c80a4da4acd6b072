import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readRequestJson, replyJson, urlOf } from './reply-json';

interface UmamiReplay {
  /** The visit's id. */
  id: string;
  sessionId?: string;
  startedAt: string;
  /** The id that the page passed to `identify`. Only a session has it, never a replay in a list. */
  distinctId?: string;
  [field: string]: unknown;
}

export interface UmamiState {
  token: string;
  /** The only password; logins fail without it. */
  password?: string;
  user: { username: string; role: string; isAdmin: boolean };
  websiteId: string;
  replays: UmamiReplay[];
  recordings: Record<string, Buffer>;
  /**
   * The filter by `distinctId`: exact, with ClickHouse, and in later versions (0ab60b58) with PostgreSQL as well; failing, with PostgreSQL in 3.1.0, whose query
   * names a table that it doesn't join; ignored, before 2026-01-26, as every parameter that the schema doesn't know.
   */
  userFilter?: 'exact' | 'failing' | 'ignored';
  /** A version before replays. */
  hasNoReplays?: boolean;
  /** Sessions that can't be read. */
  lostSessions?: readonly string[];
}

/** A self-hosted Umami, after umami-software/umami c0ea3aef (3.1.0); paths under src/app/api. */
export function umamiServer(state: UmamiState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    if (pathname === '/api/auth/login') return void replyLogin(state, request, response);
    // src/lib/auth.ts: only the token of a login; anything else is 401, whatever the path of the API.
    const unauthorized = (): void => fail(response, 401, 'Unauthorized', 'unauthorized');
    if (request.headers.authorization !== `Bearer ${state.token}`) return unauthorized();
    // me/route.ts returns the result of checkAuth.
    if (pathname === '/api/me') {
      const user = { id: 'u', createdAt: '2026-01-01T00:00:00.000Z', ...state.user };
      return replyJson(response, 200, { token: state.token, shareToken: null, user });
    }
    const [, websiteId, kind, id, what] =
      /^\/api\/websites\/([^/]+)\/(replays|sessions)(?:\/([^/]+))?(?:\/(replays))?$/.exec(pathname) ?? [];
    const isReplays = kind === 'replays' || what === 'replays';
    if (websiteId === undefined || (isReplays && state.hasNoReplays === true)) {
      return void response.writeHead(404, { 'content-type': 'text/html' }).end('<!DOCTYPE html>');
    }
    // src/lib/schema.ts, withDateRange: the query is checked before the key's rights.
    const isList = id === undefined || what !== undefined;
    if (isList && !['startAt', 'endAt'].every((name) => searchParams.has(name))) {
      return fail(response, 400, 'Bad request', 'bad-request');
    }
    // The reply is the same for an unknown website and for one of other users.
    if (websiteId !== state.websiteId) return unauthorized();
    if (isList) return replyList(state, searchParams, id, response);
    if (kind === 'replays') return replyRecording(state, id, response);
    replySession(state, id, response);
  };
}

/** auth/login/route.ts: needs no token. The token never expires. */
async function replyLogin(state: UmamiState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { username, password } = ((await readRequestJson(request)) ?? {}) as Record<string, unknown>;
  if (request.method !== 'POST' || typeof username !== 'string' || typeof password !== 'string') {
    return fail(response, 400, 'Bad request', 'bad-request');
  }
  const isRight = state.password !== undefined && username === state.user.username && password === state.password;
  if (!isRight) return fail(response, 401, 'Unauthorized', 'incorrect-username-password');
  replyJson(response, 200, { token: state.token, user: { id: 'u', ...state.user, teams: [] } });
}

/** src/lib/response.ts */
function fail(response: ServerResponse, status: number, message: string, code: string): void {
  replyJson(response, status, { error: { message, code, status } });
}

/** src/queries/sql/replays/getSessionReplays.ts and pagedRawQuery of src/lib/prisma.ts. `sessionId`: only its replays. */
function replyList(
  state: UmamiState,
  params: URLSearchParams,
  sessionId: string | undefined,
  response: ServerResponse,
): void {
  const { userFilter = 'exact' } = state;
  const wanted = userFilter === 'ignored' ? null : params.get('distinctId');
  // An SQL error is not handled.
  if (wanted !== null && userFilter === 'failing') return void response.writeHead(500).end('Internal Server Error');
  const users = wanted === null ? undefined : readFilter(wanted).split(',');
  const search = params.get('search')?.toLowerCase() ?? '';
  const path = params.get('path')?.replace(/^c\./, '');
  const found = state.replays.filter((replay) => {
    const { startedAt, distinctId = '', urls } = replay;
    const at = Date.parse(startedAt.includes('T') ? startedAt : `${startedAt.replace(' ', 'T')}Z`);
    const texts = [distinctId, replay.city, replay.browser, replay.os, replay.device];
    return (
      at >= Number(params.get('startAt')) &&
      at <= Number(params.get('endAt')) &&
      (sessionId === undefined || replay.sessionId === sessionId) &&
      (users?.includes(distinctId) ?? true) &&
      (path === undefined || (Array.isArray(urls) && urls.some((url) => String(url).includes(path)))) &&
      texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(search))
    );
  });
  const [page, pageSize] = [Number(params.get('page') ?? 1), Number(params.get('pageSize') ?? 20)];
  const rows = found.slice((page - 1) * pageSize, page * pageSize);
  const data = rows.map(({ distinctId: _, urls: _urls, ...row }) => ({ websiteId: state.websiteId, ...row }));
  replyJson(response, 200, { data, count: found.length, page, pageSize });
}

/** src/lib/params.ts, parseFilterValue, for equality. */
const readFilter = (value: string): string => /^eq\.(.*)$/.exec(value)?.[1] ?? value;

/** websites/[websiteId]/sessions/[sessionId]/route.ts: an unknown session is an empty object. */
function replySession(state: UmamiState, id: string, response: ServerResponse): void {
  if (state.lostSessions?.includes(id) === true) return void response.writeHead(500).end('Internal Server Error');
  const replay = state.replays.find(({ sessionId }) => sessionId === id);
  replyJson(response, 200, replay ? { id, distinctId: replay.distinctId ?? null } : {});
}

/** websites/[websiteId]/replays/[replayId]/route.ts: an unknown replay has no events. */
function replyRecording(state: UmamiState, id: string, response: ServerResponse): void {
  const empty = { sessionId: null, events: [], startedAt: null, endedAt: null, eventCount: 0, chunkCount: 0 };
  replyJson(response, 200, state.recordings[id]?.toString('utf8') ?? empty);
}
