import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readRequestJson, replyJson, urlOf } from './reply-json';

export interface OpenReplayState {
  key: string;
  projectKey: string;
  /** Sessions of each user, newest first, as JSON text. */
  sessions: Readonly<Record<string, string[]>>;
  /** Events of each session, oldest first, as JSON text. */
  events: Readonly<Record<string, string[]>>;
  /** Returns the first page for every page. */
  isIgnoringPages?: boolean;
}

/** OpenReplay's public API (v2) as documented: lists by POST, mandatory time bounds, `{data}` and `{error}`. */
export function openReplayServer(state: OpenReplayState, basePath = '/v2/api'): RequestListener {
  return (request, response) => void answer(state, basePath, request, response);
}

async function answer(
  state: OpenReplayState,
  basePath: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number): void => replyJson(response, status, { error: 'for a person' });
  if (request.headers.authorization !== `Bearer ${state.key}`) return refuse(401);
  const { pathname } = urlOf(request);
  const start = `${basePath}/public/${state.projectKey}/`;
  if (!pathname.startsWith(start) || request.method !== 'POST') return refuse(404);
  const [kind, id = '', what] = pathname.slice(start.length).split('/').map(decodeURIComponent);
  const asked = (await readRequestJson(request)) as Record<string, number | undefined> | undefined;
  const { startTimestamp = 0, endTimestamp = 0, limit = 50, page = 1 } = asked ?? {};
  const isFine =
    startTimestamp >= 946_684_800_000 && endTimestamp > startTimestamp && limit >= 1 && limit <= 200 && page >= 1;
  if (!isFine || id.length > 256) return refuse(400);
  const items = kind === 'users' && what === 'sessions' ? (state.sessions[id] ?? []) : state.events[id];
  if (items === undefined || (kind === 'sessions' && what !== 'events')) return refuse(404);
  const from = state.isIgnoringPages === true ? 0 : (page - 1) * limit;
  const list = items.slice(from, from + limit).join(',');
  const name = kind === 'users' ? 'sessions' : 'events';
  replyJson(response, 200, `{"data":{"total":${items.length},"${name}":[${list}]}}`);
}
