import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readRequestJson, replyJson, urlOf } from './reply-json';

export interface OpenReplayState {
  key: string;
  projectKey: string;
  /** Sessions of each user, newest first, as JSON text. */
  sessions: Readonly<Record<string, string[]>>;
  /** Events of each session, oldest first, as JSON text with all columns, as they are stored: not escaped. */
  events: Readonly<Record<string, string[]>>;
  users?: readonly { $user_id: string; $email: string; $name?: string }[];
  /** Returns the first page for every page. */
  isIgnoringPages?: boolean;
  /** Numbers of events, from 0 on, that the server can't read. */
  unreadable?: readonly number[];
  /** An older server without the search for users. */
  hasNoUserSearch?: boolean;
  failsUserSearch?: boolean;
}

/**
 * OpenReplay's public API, after openreplay/openreplay dbb68105: the paths and their errors are in backend/pkg/api_key/handlers.go, the prefix
 * in scripts/docker-compose/nginx.conf.
 */
export function openReplayServer(state: OpenReplayState, basePath = '/v2/api'): RequestListener {
  return (request, response) => void answer(state, `${basePath}/public/`, request, response);
}

async function answer(
  state: OpenReplayState,
  start: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = urlOf(request);
  const [project = '', kind = '', id, what] = pathname.slice(start.length).split('/').map(decodeURIComponent);
  const route = `${request.method ?? ''} ${kind}/${id === undefined ? '' : '{id}'}/${what ?? ''}`;
  const isProjectList = pathname === `${start}projects` && request.method === 'GET';
  const isKnown = isProjectList || knownRoutes.has(route);
  // gorilla/mux answers a path that it doesn't know before any middleware.
  if (!pathname.startsWith(start) || !isKnown || (state.hasNoUserSearch === true && route === 'POST users//')) {
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
  }
  // backend/pkg/server/auth/middleware.go: no body, and the same for an unknown key and for an unknown project of a valid key.
  const isRefused = request.headers.authorization !== `Bearer ${state.key}`;
  if (isRefused || (!isProjectList && project !== state.projectKey)) return void response.writeHead(401).end();
  if (isProjectList) return replyJson(response, 200, { data: [{ projectId: 7, projectKey: state.projectKey }] });

  const asked = ((await readRequestJson(request)) ?? {}) as Asked;
  if (route === 'POST users//') return replyUsers(state, asked, response);
  if (!isValid(asked, kind) || (id ?? '').length > 256) return refuse(response, 400);
  if (kind === 'users') return replySessions(state, id ?? '', asked, response);
  // The id is compared with an unsigned 64-bit column, for which ClickHouse accepts no other text.
  if (!/^\d{1,20}$/.test(id ?? '')) return refuse(response, 500);
  replyEvents(state, id ?? '', asked, response);
}

const knownRoutes: ReadonlySet<string> = new Set([
  'POST users//',
  'POST users/{id}/sessions',
  'POST sessions/{id}/events',
]);

interface Asked {
  startTimestamp?: number;
  endTimestamp?: number;
  limit?: number;
  page?: number;
  sortOrder?: string;
  columns?: string[];
  query?: string;
}

/** backend/pkg/server/api/responser.go */
const refuse = (response: ServerResponse, status: number): void =>
  replyJson(response, status, { error: 'for a person' });

/** The tags of EventsSearchRequest and UserSessionsRequest: backend/pkg/analytics/{events,users}/model. */
function isValid(
  { startTimestamp = 0, endTimestamp = 0, limit, page, sortOrder = 'desc', columns }: Asked,
  kind: string,
) {
  const isEvents = kind === 'sessions';
  const hasRange = startTimestamp >= 946_684_800_000 && endTimestamp > startTimestamp;
  const isLimited = limit === undefined ? !isEvents : limit >= 1 && limit <= 200;
  const isPaged = page === undefined ? !isEvents : page >= 1;
  const areColumns = (columns ?? []).every((column) => eventColumns.includes(column) || baseColumns.includes(column));
  return hasRange && isLimited && isPaged && ['asc', 'desc'].includes(sortOrder) && areColumns;
}

/** Returns part of a list. An empty page has no total: it comes from `COUNT(*) OVER()`, a column of the rows. */
function pageOf<T>(
  state: OpenReplayState,
  list: readonly T[],
  { limit = 50, page = 1 }: Asked,
): { total: number; rows: T[] } {
  const from = state.isIgnoringPages === true ? 0 : (page - 1) * limit;
  const rows = list.slice(from, from + limit);
  return { total: rows.length === 0 ? 0 : list.length, rows };
}

/** backend/pkg/analytics/users/users.go, SearchUsers: a part of the id, the address or the name, in any letter case. */
function replyUsers(state: OpenReplayState, asked: Asked, response: ServerResponse): void {
  const text = (asked.query ?? '').toLowerCase();
  if (text.length > 100) return refuse(response, 400);
  if (state.failsUserSearch === true) return refuse(response, 500);
  const found = (state.users ?? []).filter((user) =>
    [user.$user_id, user.$email, user.$name ?? ''].some((name) => name.toLowerCase().includes(text)),
  );
  const { total, rows } = pageOf(state, found, asked);
  replyJson(response, 200, { data: { total, users: rows.map(escapeHtml) } });
}

/** backend/pkg/analytics/users/users.go, GetUserSessions: no error for an unknown user, and `null` in place of an empty list. */
function replySessions(state: OpenReplayState, id: string, asked: Asked, response: ServerResponse): void {
  const { total, rows } = pageOf(state, state.sessions[id] ?? [], asked);
  replyJson(
    response,
    200,
    `{"data":{"total":${total},"sessions":${rows.length === 0 ? 'null' : `[${rows.join(',')}]`}}}`,
  );
}

const baseColumns = ['event_id', '$event_name', 'created_at', 'distinct_id', 'session_id'];
/** backend/pkg/analytics/filters/constants.go, EventColumns; those that the tests need. */
const eventColumns = [
  ...['$user_id', '$device_id', '$time', '$source', '$duration_s', 'properties', '$properties', 'description'],
  ...[
    '$auto_captured',
    '$os',
    '$browser',
    '$device',
    '$current_url',
    '$current_path',
    'issue_type',
    'issue_id',
    'error_id',
  ],
];

/**
 * backend/pkg/analytics/events/events.go, SearchEvents: an unknown session has no events, rows that can't be read are left out but counted,
 * and only the base columns and those that the request lists are returned.
 */
function replyEvents(state: OpenReplayState, id: string, asked: Asked, response: ServerResponse): void {
  const stored = (state.events[id] ?? []).map((text, index) => ({ event: JSON.parse(text) as object, index }));
  const ordered = asked.sortOrder === 'asc' ? stored : stored.reverse();
  const { total, rows } = pageOf(state, ordered, asked);
  const columns = new Set([...baseColumns, ...(asked.columns ?? [])]);
  const events = rows
    .filter(({ index }) => !(state.unreadable ?? []).includes(index))
    .map(({ event }) => Object.fromEntries(Object.entries(event).filter(([column]) => columns.has(column))));
  replyJson(response, 200, { data: { total, events: events.map(escapeHtml) } });
}

/** Escapes all strings and the keys of properties, as Go's html.EscapeString: backend/pkg/analytics/sanitizer/sanitizer.go. */
function escapeHtml(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replaceAll('&', '&amp;')
      .replaceAll("'", '&#39;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&#34;');
  }
  if (Array.isArray(value)) return value.map(escapeHtml);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [escapeHtml(key), escapeHtml(inner)] as [string, unknown]),
  );
}
