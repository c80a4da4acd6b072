import type { RequestListener } from 'node:http';
import { readRequestJson, replyJson, urlOf } from './reply-json';

export interface MixpanelState {
  /** `user name:secret`. */
  account: string;
  project: string;
  timezone: string;
  /** By distinct id. */
  events: Record<string, { event: string; properties: Record<string, unknown> }[]>;
  /** The project's recordings need a permission that this account lacks. */
  isSensitive: boolean;
  /** The file server refuses every signature. */
  isStoreClosed: boolean;
  /** Names the projects in `GET /me`. */
  areProjectsListed: boolean;
  store: () => string;
  /** Raised when the signatures expire. */
  generation: number;
  /** The form of the list of signatures. */
  form: 'results' | 'list';
  date: string | undefined;
}

/**
 * Mixpanel's app API after mixpanel/mixpanel-headless 01097969 (_internal/services/replays.py, _internal/api_client.py `sign_replays`) and 6a10a935
 * (_internal/me.py), Mixpanel's own library; the events of a user after docs.mixpanel.com/reference/activity-stream-query, autumn 2026.
 */
export function mixpanelServer(state: MixpanelState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    if (state.date === undefined) response.sendDate = false;
    const date: Record<string, string> = state.date === undefined ? {} : { date: state.date };
    const answer = (status: number, body: unknown): void => replyJson(response, status, body, date);
    const expected = `Basic ${Buffer.from(state.account).toString('base64')}`;
    if (request.headers.authorization !== expected) return answer(401, { error: 'for a person', status: 'error' });
    if (pathname === '/api/app/me') {
      const projects = { [state.project]: { name: 'Shop', organization_id: 1, timezone: state.timezone } };
      const results = { user_id: 1, user_name: 'casement', ...(state.areProjectsListed && { projects }) };
      return answer(200, { status: 'ok', results });
    }
    if (pathname === '/api/query/stream/query') {
      const names = ['project_id', 'distinct_ids', 'from_date', 'to_date'];
      if (names.some((name) => !searchParams.get(name))) return answer(400, { error: 'missing' });
      if (searchParams.get('project_id') !== state.project) return answer(403, { error: 'for a person' });
      const ids = JSON.parse(searchParams.get('distinct_ids') ?? '[]') as string[];
      return answer(200, { status: 'ok', results: { events: ids.flatMap((id) => state.events[id] ?? []) } });
    }
    const [, project] = /^\/api\/app\/projects\/(\d+)\/replays\/sign\/bulk$/.exec(pathname) ?? [];
    if (project !== state.project || request.method !== 'POST') return answer(404, { error: 'for a person' });
    if (state.isSensitive) return answer(403, { error: ['SESSION_RECORDING_SENSITIVE_DATA'] });
    void readRequestJson(request).then((body) => {
      const { replays } = body as { replays: { replay_id: string; replay_env: string }[] };
      const list = replays.map(({ replay_id }) => ({
        replay_id,
        url: `${state.store()}/srr-us/${replay_id}/`,
        query_string: `Signature=signature-canary-${state.generation}`,
      }));
      answer(200, state.form === 'list' ? list : { status: 'ok', results: list });
    });
  };
}

/** The file server. Its files are named by number and retention period; it refuses requests with a key. */
export function mixpanelStore(state: { files: Record<string, Buffer>; generation: () => number }): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (status: number): void => void response.writeHead(status, { 'content-length': 0 }).end();
    if (request.headers.authorization !== undefined) return refuse(400);
    if (searchParams.get('Signature') !== `signature-canary-${state.generation()}`) return refuse(403);
    const bytes = state.files[pathname];
    if (!bytes) return refuse(404);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  };
}
