import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface AmplitudeState {
  /** `api key:secret key`. */
  pair: string;
  replays: {
    replay_id: string;
    amplitude_id: number;
    device_id: string;
    start_time: string | null;
    [field: string]: unknown;
  }[];
  users: { user_id: string; amplitude_id: number; devices?: string[] }[];
  /** The paths of each replay's files in the store. */
  files: Record<string, string[]>;
  store: () => string;
  /** Number of files on one page of the list. */
  filesInPage: number;
  requestsLeft: number;
  /** Raised with each list; a URL is valid only for its generation. */
  generation: number;
}

/**
 * Amplitude's Session Replay API (amplitude.com/docs/apis/analytics/session-replay) and user search
 * (amplitude.com/docs/apis/analytics/dashboard-rest#user-search), as documented in autumn 2026: Amplitude publishes no source.
 */
export function amplitudeServer(state: AmplitudeState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (status: number, headers = {}): void =>
      replyJson(response, status, { error: 'for a person' }, headers);
    const expected = `Basic ${Buffer.from(state.pair).toString('base64')}`;
    if (request.headers.authorization !== expected) return refuse(401);
    if (state.requestsLeft-- <= 0) return refuse(429, { 'retry-after': '60' });
    if (pathname === '/api/2/usersearch') {
      const name = searchParams.get('user') ?? '';
      // A complete id of a user or of a device is preferred to the beginning of a user's id.
      const exact = state.users.filter(({ user_id, devices }) => user_id === name || devices?.includes(name) === true);
      const found = exact.length > 0 ? exact : state.users.filter(({ user_id }) => user_id.startsWith(name));
      return replyJson(response, 200, {
        matches: found.map(({ user_id, amplitude_id }) => ({ user_id, amplitude_id })),
        type: exact.length > 0 ? 'match_user_or_device_id' : 'match_user_id_prefix',
      });
    }
    const token = searchParams.get('page_token');
    const start = token === null ? 0 : Number(/^t(\d+)$/.exec(token)?.[1] ?? NaN);
    if (Number.isNaN(start)) return refuse(400);
    const asked = searchParams.get('replay_id');
    if (pathname === '/api/1/session-replays') {
      if (asked !== null && (token !== null || searchParams.has('amplitude_id'))) return refuse(400);
      const id = searchParams.get('amplitude_id');
      // "amplitude_id must be a valid integer. A non-numeric value returns a 400 error."
      if (id !== null && !/^\d+$/.test(id)) return refuse(400);
      // "A leading or trailing slash returns a 400 error."
      if (asked !== null && !/^[^/].*\/.*[^/]$/.test(asked)) return refuse(400);
      const [from, to] = [searchParams.get('start_time') ?? '', searchParams.get('end_time') ?? '~'];
      const found = state.replays.filter(
        (replay) =>
          (asked === null || replay.replay_id === asked) &&
          (id === null || String(replay.amplitude_id) === id) &&
          (replay.start_time === null || (replay.start_time >= from && replay.start_time <= to)),
      );
      const end = start + Number(searchParams.get('page_size') ?? 50);
      const next = asked === null && end < found.length ? `t${end}` : null;
      return replyJson(response, 200, { session_replays: found.slice(start, end), next_page_token: next });
    }
    if (pathname !== '/api/1/session-replays/files') return refuse(404);
    const files = state.files[asked ?? ''];
    if (!files) return refuse(404);
    const end = start + state.filesInPage;
    const sign = (path: string): string =>
      `${state.store()}${path}?X-Amz-Credential=x&X-Amz-Signature=signature-canary-${state.generation}`;
    replyJson(response, 200, {
      files: files.slice(start, end).map(sign),
      next_page_token: end < files.length ? `t${end}` : null,
    });
  };
}

export interface StoreState {
  files: Record<string, Buffer>;
  generation: number;
}

/** The file store behind presigned URLs. Like S3, it refuses requests with a key in addition to the signature. */
export function presignedStore(state: StoreState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (status: number): void =>
      void response.writeHead(status, { 'content-type': 'application/xml', 'content-length': 0 }).end();
    if (request.headers.authorization !== undefined || request.headers.cookie !== undefined) return refuse(400);
    if (searchParams.get('X-Amz-Signature') !== `signature-canary-${state.generation}`) return refuse(403);
    const bytes = state.files[pathname];
    if (!bytes) return refuse(404);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes);
  };
}
