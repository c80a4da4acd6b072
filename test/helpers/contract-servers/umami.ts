import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface UmamiState {
  token: string;
  user: { username: string; role: string; isAdmin: boolean };
  websiteId: string;
  replays: { id: string; startedAt: string; distinctId?: string; [field: string]: unknown }[];
  recordings: Record<string, Buffer>;
}

/** A self-hosted Umami, as in its published source. */
export function umamiServer(state: UmamiState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const unauthorized = (): void =>
      replyJson(response, 401, { error: { message: 'Unauthorized', code: 'unauthorized' } });
    if (request.headers.authorization !== `Bearer ${state.token}`) return unauthorized();
    if (pathname === '/api/me')
      return replyJson(response, 200, { token: state.token, user: { id: 'u', ...state.user } });
    const [, websiteId, replayId] = /^\/api\/websites\/([^/]+)\/replays(?:\/([^/]+))?$/.exec(pathname) ?? [];
    // The reply is the same for an unknown user and for one without access to the website.
    if (websiteId !== state.websiteId) return unauthorized();
    if (replayId !== undefined) {
      const recording = state.recordings[replayId];
      return recording
        ? replyJson(response, 200, recording.toString('utf8'))
        : replyJson(response, 200, {
            sessionId: null,
            events: [],
            startedAt: null,
            endedAt: null,
            eventCount: 0,
            chunkCount: 0,
          });
    }
    const [startAt, endAt] = [searchParams.get('startAt'), searchParams.get('endAt')];
    if (startAt === null || endAt === null) return replyJson(response, 400, { error: { message: 'Bad request' } });
    const search = searchParams.get('search') ?? '';
    const found = state.replays.filter(({ startedAt, distinctId = '' }) => {
      const at = Date.parse(startedAt.includes('T') ? startedAt : `${startedAt.replace(' ', 'T')}Z`);
      return at >= Number(startAt) && at <= Number(endAt) && distinctId.includes(search);
    });
    const [page, pageSize] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('pageSize') ?? 20)];
    const data = found.slice((page - 1) * pageSize, page * pageSize);
    replyJson(response, 200, { data, count: found.length, page, pageSize });
  };
}
