import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface FullStoryState {
  /** Raw keys and their permission levels. */
  keys: Readonly<Record<string, 'standard' | 'architect'>>;
  me: object;
  /** Listed sessions as JSON text, since their ids may be numbers beyond 2^53. */
  sessions: string[];
  usersOf: (session: number) => { email: string; uid: string };
  /** Replies to `/events` by `device:session`, as JSON text. */
  events: Readonly<Record<string, string>>;
  /** Requests left before 429. */
  requestsLeft: number;
  /** The versions whose paths have the request for events; v2 by default. */
  eventVersions?: readonly ('v2' | 'v2beta')[];
  /** Leaves out empty lists, as the JSON form of protocol buffers does. */
  isOmittingEmpty?: boolean;
  /** Returns pages of two with `pagination_token`, which the documentation announces for the future. */
  isPaging?: boolean;
}

/**
 * FullStory's server API: raw key in `Basic` (fullstorydev/fs-lexicon a8ac50ee, Fullstory.js, _getAuthHeaders), permission levels
 * (developer.fullstory.com/server/sessions/introduction), one page of newest sessions (…/server/v1/sessions/list-sessions), `{code, message}`
 * (…/server/sessions/get-session-events). FullStory publishes no source of it.
 */
export function fullStoryServer(state: FullStoryState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (status: number, code: string, headers = {}): void =>
      replyJson(response, status, { code, message: 'for a person' }, headers);
    const [scheme, key = ''] = (request.headers.authorization ?? '').split(' ');
    const level = scheme === 'Basic' ? state.keys[key] : undefined;
    if (level === undefined) return refuse(401, 'unauthorized');
    if (state.requestsLeft-- <= 0) return refuse(429, 'rate_limited', { 'retry-after': '120' });
    if (pathname === '/me') return replyJson(response, 200, state.me);

    if (pathname === '/sessions/v2') {
      const limit = Number(searchParams.get('limit') ?? 20);
      const asked = { email: searchParams.get('email'), uid: searchParams.get('uid') };
      if (!asked.email && !asked.uid) return refuse(400, 'invalid_argument');
      const found = state.sessions.filter((_, index) => {
        const user = state.usersOf(index);
        return user.email === asked.email || user.uid === asked.uid;
      });
      const start = Number(searchParams.get('pagination_token') ?? 0);
      const size = state.isPaging === true ? 2 : limit;
      const end = start + size;
      if (state.isOmittingEmpty === true && found.length === 0) return replyJson(response, 200, {});
      const token = state.isPaging === true && end < found.length ? `,"pagination_token":"${end}"` : '';
      return replyJson(response, 200, `{"sessions":[${found.slice(start, end).join(',')}]${token}}`);
    }

    const [, version = '', id = ''] = /^\/(v2|v2beta)\/sessions\/([^/]+)\/events$/.exec(pathname) ?? [];
    if (!(state.eventVersions ?? ['v2']).some((known) => known === version)) return refuse(404, 'not_found');
    if (level === 'standard') return refuse(403, 'forbidden');
    // The documentation requires the colon to be escaped.
    if (!request.url?.includes('%3A')) return refuse(400, 'invalid_argument');
    const body = state.events[decodeURIComponent(id)];
    if (body === undefined) return refuse(404, 'not_found');
    replyJson(response, 200, body);
  };
}
