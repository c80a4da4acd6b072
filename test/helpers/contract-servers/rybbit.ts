import type { RequestListener, ServerResponse } from 'node:http';
import { replyJson, urlOf } from './reply-json';

interface RybbitReplay {
  session_id: string;
  user_id: string;
  identified_user_id: string;
  start_time: string;
  duration_ms: number;
  event_count: number;
  [field: string]: unknown;
}

export interface RybbitState {
  /** Scopes by key; null for a key that was created before there were scopes, which may do anything. */
  keys: Record<string, string[] | null>;
  /** The key belongs to no member of the site's organization. */
  isForeign?: boolean;
  isPublic?: boolean;
  siteId: string;
  /** Newest first. */
  replays: RybbitReplay[];
  /** The rrweb events by session. */
  events: Record<string, readonly { timestamp: number; type: number; data: unknown }[]>;
  /** Indexes of events whose batch can't be read from the object store. */
  lostEvents?: readonly number[];
  /** An unknown session is an internal error, as in version 26802c2d, which compares the error's text with another one. */
  hasVagueErrors?: boolean;
  /** The server ignores `offset`. */
  isEndless?: boolean;
}

/**
 * Rybbit's API, after rybbit-io/rybbit: routes of server/src/index.ts @a92b31bd, guards of lib/auth-middleware.ts @0d0437cf and
 * lib/scopes.ts @a92b31bd, replies of api/sessionReplay/*.ts @5a8448a2 and services/replay/sessionReplayQueryService.ts @69c85c76.
 */
export function rybbitServer(state: RybbitState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const key = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const isKnown = Object.hasOwn(state.keys, key);
    const scopes = state.keys[key] ?? undefined;
    // requireAuth: a valid key without the scope is told apart from an unknown one.
    if (pathname === '/api/user/organizations') {
      if (!isKnown) return fail(response, 401, 'Unauthorized');
      if (scopes && !scopes.includes('org:read')) return refuseScope(response, 'org:read');
      return replyJson(response, 200, []);
    }
    const [, siteId, id] = /^\/api\/sites\/([^/]+)\/session-replay\/([^/]+)$/.exec(pathname) ?? [];
    if (siteId === undefined || id === undefined) return fail(response, 404, 'Not Found');
    // resolveSiteId looks up only IDs longer than four characters.
    if (siteId !== state.siteId && siteId.length > 4) return fail(response, 404, 'Site not found');
    // allowPublicSiteAccess: there is no 401, and a public site is readable with any key.
    const isMember = isKnown && state.isForeign !== true && siteId === state.siteId;
    const isScoped = scopes?.every((scope) => !/^replay:(read|write)$/.test(scope)) === true;
    if (state.isPublic !== true && (!isMember || isScoped)) {
      return isMember ? refuseScope(response, 'replay:read') : fail(response, 403, 'Forbidden');
    }
    if (id === 'list') return replyList(state, searchParams, response);
    replyEvents(state, id, response);
  };
}

const fail = (response: ServerResponse, status: number, error: string): void => replyJson(response, status, { error });
const refuseScope = (response: ServerResponse, required: string): void =>
  replyJson(response, 403, { error: 'Insufficient scope', required });

function replyList(state: RybbitState, params: URLSearchParams, response: ServerResponse): void {
  const userId = params.get('userId');
  const minDuration = Number(params.get('minDuration') ?? 0) * 1000;
  // getTimeStatement needs all three; the end is the end of its day.
  const [start, end, zone] = ['start_date', 'end_date', 'time_zone'].map((name) => params.get(name));
  const isRange = Boolean(start && end && zone);
  const found = state.replays.filter(({ start_time, user_id, identified_user_id, duration_ms }) => {
    const at = Date.parse(`${start_time.replace(' ', 'T')}Z`);
    const isIn = !isRange || (at >= Date.parse(`${start}`) && at < Date.parse(`${end}`) + 86_400_000);
    return isIn && (userId === null || [user_id, identified_user_id].includes(userId)) && duration_ms >= minDuration;
  });
  const offset = state.isEndless === true ? 0 : Number(params.get('offset') ?? 0);
  replyJson(response, 200, { data: found.slice(offset, offset + Number(params.get('limit') ?? 50)) });
}

function replyEvents(state: RybbitState, id: string, response: ServerResponse): void {
  const metadata = state.replays.find(({ session_id }) => session_id === id);
  if (!metadata) {
    return state.hasVagueErrors === true
      ? fail(response, 500, 'Internal server error')
      : fail(response, 404, 'Session replay not found');
  }
  const events = (state.events[id] ?? []).filter((_, index) => state.lostEvents?.includes(index) !== true);
  replyJson(response, 200, { events, metadata: { ...metadata, traits: metadata.traits ?? null } });
}
