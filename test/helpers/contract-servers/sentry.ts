import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface SentryState {
  keys: Record<string, string[]>;
  organization: string;
  user?: object | null;
  replays: { id: string; project_id: string | null; started_at: string | null; [field: string]: unknown }[];
  /** The JSON text of each replay's segments. */
  segments: Record<string, string[]>;
  /** Requests left before 429. */
  requestsLeft: number;
  /** The body of a 429: an object or plain text. */
  limitBody?: unknown;
  /** Headers that replace those of all replies. */
  headers?: Record<string, string>;
  /** The next page of each page is the page itself. */
  isEndless?: boolean;
}

/** Sentry's web API, as documented. */
export function sentryServer(state: SentryState): RequestListener {
  return (request, response) => {
    const url = urlOf(request);
    const { pathname, searchParams } = url;
    const limits = {
      'x-sentry-rate-limit-limit': '40',
      'x-sentry-rate-limit-remaining': String(Math.max(0, state.requestsLeft)),
      'x-sentry-rate-limit-reset': '4102444800',
      'x-sentry-rate-limit-concurrentlimit': '25',
      'x-sentry-rate-limit-concurrentremaining': '24',
    };
    const send = (status: number, body: unknown, headers = {}): void =>
      replyJson(response, status, body, { ...limits, ...headers, ...state.headers });
    const header = request.headers.authorization;
    const scopes = header?.startsWith('Bearer ') ? state.keys[header.slice('Bearer '.length)] : undefined;
    if (header !== undefined && !scopes) return send(401, { detail: 'Invalid token' });
    if (state.requestsLeft-- <= 0) return send(429, JSON.stringify(state.limitBody ?? { detail: 'Slow down' }));
    // This endpoint also replies to requests without a key.
    if (pathname === '/api/0/')
      return send(200, { version: '0', auth: scopes ? { scopes } : null, user: state.user ?? null });
    if (!scopes) return send(401, { detail: 'Authentication credentials were not provided.' });
    const may = (area: string): boolean => scopes.some((scope) => scope.startsWith(`${area}:`));

    const organization = /^\/api\/0\/organizations\/([^/]+)\/replays\/(?:([0-9a-f]{32})\/)?$/.exec(pathname);
    if (organization) {
      if (organization[1] !== state.organization) return send(404, { detail: 'The requested resource does not exist' });
      if (!may('org')) return send(403, { detail: 'You do not have permission' });
      if (organization[2] !== undefined) {
        const replay = state.replays.find(({ id }) => id.replaceAll('-', '') === organization[2]);
        return replay ? send(200, { data: replay }) : send(404, { detail: 'x' });
      }
      if (searchParams.has('start') !== searchParams.has('end'))
        return send(400, { detail: 'start and end are both required' });
      const found = state.replays.filter((replay) => matches(replay, searchParams));
      const { page, link } = cutPage(found, url, state);
      return send(200, { data: page }, link);
    }

    const segments = /^\/api\/0\/projects\/([^/]+)\/([^/]+)\/replays\/([0-9a-f]{32})\/recording-segments\/$/.exec(
      pathname,
    );
    if (!segments || segments[1] !== state.organization)
      return send(404, { detail: 'The requested resource does not exist' });
    if (!may('project')) return send(403, { detail: 'You do not have permission' });
    const all = state.segments[`${segments[2]}:${segments[3]}`];
    if (!all) return send(404, { detail: 'The requested resource does not exist' });
    const { page, link } = cutPage(all, url, state);
    if (searchParams.get('download') === null) {
      return send(200, { data: page.map((_, index) => ({ replayId: segments[3], segmentId: index })) }, link);
    }
    send(200, `[${page.join(', ')}]`, link);
  };
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

function matches(replay: SentryState['replays'][number], asked: URLSearchParams): boolean {
  const user = (replay.user ?? {}) as Record<string, unknown>;
  const terms = [...(asked.get('query') ?? '').matchAll(/([\w.]+):"((?:[^"\\]|\\.)*)"/g)];
  const isHis = terms.every(
    ([, name = '', value = '']) => user[name.replace('user.', '')] === value.replace(/\\(.)/g, '$1'),
  );
  const project = asked.get('project');
  const start = asked.get('start');
  const at = Date.parse(replay.started_at ?? '');
  const isInTime = start === null || (at >= Date.parse(start) && at <= Date.parse(asked.get('end') ?? ''));
  return isHis && isInTime && (project === null || project === '-1' || project === replay.project_id);
}
