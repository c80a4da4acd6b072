import type { RequestListener, ServerResponse } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface SentryState {
  keys: Record<string, string[]>;
  organization: string;
  /** A region host of Sentry's cloud. Undefined: sentry.io or a self-hosted server. */
  isRegion?: boolean;
  user?: object | null;
  /** Features of the organization; `session-replay` by default. */
  features?: string[];
  /** With granular replay access, only these keys belong to a member of the list. */
  replayMembers?: string[];
  /** The only projects that the keys can read; all by default. */
  projects?: string[];
  /** Accepts organization tokens (`org:ci`) for reading, as `replays/permissions.py` expects; the stored copy of the endpoint doesn't. */
  takesOrganizationTokens?: boolean;
  /** An older version without global views refuses `project=-1`. */
  needsProject?: boolean;
  replays: { id: string; project_id: string | null; started_at: string | null; [field: string]: unknown }[];
  /** The JSON text of each replay's segments, in order. A segment that can't be read is `[]`. */
  segments: Record<string, string[]>;
  /** Requests left before 429. */
  requestsLeft: number;
  /** The body of a 429: an object or plain text. */
  limitBody?: unknown;
  /** Headers that replace those of all replies. */
  headers?: Record<string, string>;
  /** The next page of each page is the page itself. */
  isEndless?: boolean;
  /** The reply of a gateway in front of the server to every request. */
  gateway?: { status: number; type: string; body: string };
}

const noPermission = { detail: 'You do not have permission to perform this action.' };
const noResource = { detail: 'The requested resource does not exist' };

/** Sentry's web API. Each reply names the upstream file that it follows (getsentry/sentry, stored copies of autumn 2026). */
export function sentryServer(state: SentryState): RequestListener {
  return (request, response) => {
    const url = urlOf(request);
    const { pathname, searchParams } = url;
    // middleware/ratelimit.py: every reply has these headers, by endpoint.
    const limits = {
      'x-sentry-rate-limit-limit': '40',
      'x-sentry-rate-limit-remaining': String(Math.max(0, state.requestsLeft)),
      'x-sentry-rate-limit-reset': '4102444800',
      'x-sentry-rate-limit-concurrentlimit': '25',
      'x-sentry-rate-limit-concurrentremaining': '24',
    };
    const send = (status: number, body: unknown, headers = {}): void =>
      replyJson(response, status, body, { ...limits, ...headers, ...state.headers });
    if (state.gateway) return sendPage(response, state.gateway);
    const header = request.headers.authorization;
    const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
    const scopes = state.keys[token];
    // api/endpoints/index.py @2d78a13b is a control silo endpoint; api/base.py: elsewhere `HttpResponse(status=404)`, which has no JSON.
    if (pathname === '/api/0/' && state.isRegion) {
      return sendPage(response, { status: 404, type: 'text/html; charset=utf-8', body: '' });
    }
    // api/authentication.py: AuthenticationFailed("Invalid token").
    if (header !== undefined && !scopes) return send(401, { detail: 'Invalid token' });
    if (state.requestsLeft-- <= 0) return send(429, JSON.stringify(state.limitBody ?? { detail: 'Slow down' }));
    // The index also replies to requests without a key.
    if (pathname === '/api/0/')
      return send(200, { version: '0', auth: scopes ? { scopes } : null, user: state.user ?? null });
    if (!scopes) return send(401, { detail: 'Authentication credentials were not provided.' });
    const isOrganizationToken = state.takesOrganizationTokens === true && scopes.includes('org:ci');
    const may = (area: string): boolean =>
      isOrganizationToken || scopes.some((scope) => new RegExp(`^${area}:(read|write|admin)$`).test(scope));
    const features = state.features ?? ['session-replay'];
    const hasReplay = features.includes('session-replay');
    // replays/permissions.py @00e2656f: organization tokens (`org:ci`) always pass.
    const hasReplayAccess =
      state.replayMembers === undefined || state.replayMembers.includes(token) || scopes.includes('org:ci');

    const organization = /^\/api\/0\/organizations\/([^/]+)\/(?:(replays)\/(?:([0-9a-f]{32})\/)?)?$/.exec(pathname);
    if (organization) {
      const [, slug, isReplays, replayId] = organization;
      if (slug !== state.organization) return send(404, noResource);
      // api/bases/organization.py @01020e4c, OrganizationPermission: GET needs org:read, org:write or org:admin.
      if (!may('org')) return send(403, noPermission);
      // api/serializers/models/organization.py, DetailedOrganizationSerializer.
      if (!isReplays)
        return send(200, {
          id: '1',
          slug,
          features,
          access: scopes,
          hasGranularReplayPermissions: state.replayMembers !== undefined,
        });
      // replays/endpoints/organization_replay_endpoint.py @2e17599b, check_replay_access.
      if (!hasReplay) return send(404, noResource);
      if (!hasReplayAccess) return send(403, noPermission);
      if (replayId !== undefined) {
        const replay = state.replays.find(({ id }) => id.replaceAll('-', '') === replayId);
        return replay ? send(200, { data: replay }) : send(404, noResource);
      }
      const project = searchParams.get('project');
      // replays/endpoints/organization_replay_index.py @86e19529, get_replay_filter_params.
      if (state.needsProject && project === '-1')
        return send(400, { detail: 'You cannot view events from multiple projects.' });
      // api/bases/organization.py, _validate_fetched_projects.
      if (project !== null && project !== '-1' && !(state.projects ?? [project]).includes(project))
        return send(403, noPermission);
      if (searchParams.has('start') !== searchParams.has('end'))
        return send(400, { detail: 'start and end are both required' });
      const found = state.replays.filter((replay) => matches(replay, searchParams));
      const { page, link } = cutPage(found, url, state);
      return send(200, { data: page }, link);
    }

    const segments = /^\/api\/0\/projects\/([^/]+)\/([^/]+)\/replays\/([0-9a-f]{32})\/recording-segments\/$/.exec(
      pathname,
    );
    if (!segments || segments[1] !== state.organization) return send(404, noResource);
    // api/bases/project.py, ProjectPermission: GET needs project:read, project:write or project:admin.
    if (!may('project')) return send(403, noPermission);
    // replays/endpoints/project_replay_endpoint.py @acc02d1c, check_replay_access.
    if (!hasReplay) return send(404, noResource);
    if (!hasReplayAccess) return send(403, noPermission);
    // replays/usecases/reader.py @04467a02: no segments for an unknown or archived replay are an empty list, not an error.
    const all = state.segments[`${segments[2]}:${segments[3]}`] ?? [];
    const { page, link } = cutPage(all, url, state);
    // `download` is no longer looked at. An unreadable segment is sent as `[]`.
    send(200, `[${page.join(',')}]`, link);
  };
}

function sendPage(response: ServerResponse, { status, type, body }: NonNullable<SentryState['gateway']>): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Returns a page and its Link header. The URLs in the header point elsewhere and must not be followed. */
function cutPage<T>(all: readonly T[], url: URL, state: SentryState): { page: T[]; link: Record<string, string> } {
  const size = Number(url.searchParams.get('per_page') ?? 50);
  const start = Number((url.searchParams.get('cursor') ?? '0:0:0').split(':')[1]);
  const hasNext = start + size < all.length;
  const next = state.isEndless === true ? `0:${start}:0` : `0:${start + size}:0`;
  const to = (cursor: string, rel: string, results: boolean): string =>
    `<https://elsewhere.test${url.pathname}?&cursor=${cursor}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  const results = hasNext || state.isEndless === true;
  return {
    page: all.slice(start, start + size),
    link: { link: `${to(`0:${Math.max(0, start - size)}:1`, 'previous', start > 0)}, ${to(next, 'next', results)}` },
  };
}

/** replays/query.py @replay_url_parser_config and replays/usecases/query: the terms that Casement writes. */
function matches(replay: SentryState['replays'][number], asked: URLSearchParams): boolean {
  const query = asked.get('query') ?? '';
  const user = (replay.user ?? {}) as Record<string, unknown>;
  const tags = (replay.tags ?? {}) as Record<string, string[]>;
  const seconds = Number(replay.duration ?? 0);
  const terms = [...query.matchAll(/(?:^| )(?:"([^"]+)"|([\w.[\]-]+)):(?:"((?:[^"\\]|\\.)*)"|([^ "]+))/g)];
  const isHis = terms.every(([, quoted, plain = '', text, bare = '']) => {
    const name = quoted ?? plain;
    const value = text?.replace(/\\(.)/g, '$1') ?? bare;
    if (name === 'id') return replay.id.replaceAll('-', '') === value;
    if (name === 'count_errors') return Number(replay.count_errors ?? 0) > Number(value.slice(1));
    if (name === 'duration') {
      const [, sign, limit = ''] = /^([<>]=)(\d+)s$/.exec(value) ?? [];
      return sign === '>=' ? seconds >= Number(limit) : seconds <= Number(limit);
    }
    if (name === 'url') return ((replay.urls ?? []) as string[]).some((page) => page.includes(value.slice(1, -1)));
    if (name.startsWith('user.')) return user[name.replace('user.', '')] === value;
    return (tags[name.replace(/^tags\[(.*)\]$/, '$1')] ?? []).includes(value);
  });
  const project = asked.get('project');
  const start = asked.get('start');
  const at = Date.parse(replay.started_at ?? '');
  const isInTime = start === null || (at >= Date.parse(start) && at <= Date.parse(asked.get('end') ?? ''));
  return isHis && isInTime && (project === null || project === '-1' || project === replay.project_id);
}
