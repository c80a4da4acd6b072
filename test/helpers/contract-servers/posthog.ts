import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface ServedBlock {
  bytes: Buffer;
  startMs: number;
  endMs: number;
  /** `always`: its data is lost. `in-batches`: it can only be read alone. */
  isLost?: 'always' | 'in-batches';
}

interface ServedRecording {
  blocks?: ServedBlock[];
  /** A file in long-term storage. */
  lts?: Buffer;
  /** Blobs of the older storage, by key. */
  blobs?: Record<string, Buffer>;
  realtime?: string;
  isDeleted?: boolean;
}

export interface PostHogState {
  keys: Record<string, { label: string; scopes: string[]; scoped_teams: number[] | null }>;
  project: number;
  /** A version too old to report a key's permissions. */
  isOld?: boolean;
  /** Pages by `after` and `next_cursor`; else by `offset`. */
  hasCursors?: boolean;
  sessions: {
    id: string;
    distinct_id: string;
    start_time: string;
    person?: { name?: string; properties: Record<string, unknown> } | null;
    [field: string]: unknown;
  }[];
  recordings: Record<string, ServedRecording>;
  nowMs: number;
  /** Requests left before 429, for all keys together, as limits apply to the team. */
  requestsLeft: number;
}

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');

/** PostHog's private API, as documented and as in its published source. */
export function postHogServer(state: PostHogState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (status: number, code: string, headers = {}): void =>
      replyJson(response, status, { type: 'x', code, detail: 'for a person', attr: null }, headers);
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    const key = scheme === 'Bearer' ? state.keys[token] : undefined;
    if (!key) return refuse(401, 'invalid_personal_api_key');
    if (state.requestsLeft-- <= 0) return refuse(429, 'throttled', { 'retry-after': '59' });
    if (pathname === '/api/personal_api_keys/@current/') {
      if (state.isOld === true) return refuse(404, 'not_found');
      const { label, scopes, scoped_teams } = key;
      const mine = { id: 'x', label, mask_value: 'phx_...1234', scopes, scoped_teams, scoped_organizations: null };
      return replyJson(response, 200, mine);
    }
    const inProject = /^\/api\/projects\/(\d+)\/session_recordings\/(?:([^/]+)\/snapshots)?$/.exec(pathname);
    if (!inProject) return refuse(403, 'permission_denied');
    if (Number(inProject[1]) !== state.project) return refuse(404, 'not_found');
    const isHisProject = !key.scoped_teams?.length || key.scoped_teams.includes(state.project);
    const mayRead = key.scopes.some((scope) => /^(\*|session_recording:(read|write))$/.test(scope));
    if (!isHisProject || !mayRead) return refuse(403, 'permission_denied');
    if (inProject[2] === undefined) return replyJson(response, 200, list(state, searchParams));

    const recording = state.recordings[decodeURIComponent(inProject[2])];
    if (!recording) return refuse(404, 'not_found');
    if (recording.isDeleted === true) {
      return replyJson(response, 410, { error: 'recording_deleted', message: 'x', deleted_at: null, deleted_by: null });
    }
    const source = searchParams.get('source');
    if (source === null) return replyJson(response, 200, { sources: listSources(recording) });
    const send = (bytes: Buffer, type = 'application/jsonl'): void =>
      void response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
    if (source === 'realtime' && recording.realtime !== undefined) {
      return send(Buffer.from(recording.realtime), 'application/json');
    }
    const blob = source === 'blob' ? recording.blobs?.[searchParams.get('blob_key') ?? ''] : undefined;
    if (blob) return send(blob);
    if (source === 'blob_v2_lts' && recording.lts && searchParams.get('blob_key') === 'lts/path')
      return send(recording.lts);
    if (source !== 'blob_v2' || !recording.blocks) return refuse(400, 'invalid');

    const [start, end] = [Number(searchParams.get('start_blob_key')), Number(searchParams.get('end_blob_key'))];
    if (!(start <= end) || end - start >= 20) return refuse(400, 'invalid');
    if (end >= recording.blocks.length) return refuse(404, 'not_found');
    const asked = recording.blocks.slice(start, end + 1);
    const readable = asked.filter(
      ({ isLost }) => isLost === undefined || (isLost === 'in-batches' && asked.length === 1),
    );
    if (readable.length === 0) return refuse(502, 'recording_blocks_unavailable');
    // Like the platform: the readable blocks joined, without trailing line breaks, and no error for the others.
    send(
      Buffer.from(
        Buffer.concat(readable.map(({ bytes }) => bytes))
          .toString('latin1')
          .trimEnd(),
        'latin1',
      ),
    );
  };
}

function listSources({ blocks = [], lts, blobs = {}, realtime }: ServedRecording): object[] {
  const times = (startMs: number, endMs: number): object => ({
    start_timestamp: iso(startMs),
    end_timestamp: iso(endMs),
  });
  return [
    ...(lts ? [{ source: 'blob_v2_lts', blob_key: 'lts/path' }] : []),
    ...blocks.map(({ startMs, endMs }, index) => ({
      source: 'blob_v2',
      blob_key: String(index),
      ...times(startMs, endMs),
    })),
    ...Object.keys(blobs).map((blob_key) => {
      const [startMs = 0, endMs = 0] = blob_key.split('-').map(Number);
      return { source: 'blob', blob_key, ...times(startMs, endMs) };
    }),
    ...(realtime === undefined
      ? []
      : [{ source: 'realtime', blob_key: null, start_timestamp: null, end_timestamp: null }]),
  ];
}

function list(state: PostHogState, asked: URLSearchParams): object {
  const from = boundary(asked.get('date_from') ?? '-3d', state.nowMs);
  const to = boundary(asked.get('date_to') ?? iso(state.nowMs), state.nowMs);
  const ids = readList(asked.get('distinct_ids'));
  const names = readList(asked.get('session_ids'));
  const properties = readList(asked.get('properties')) as { key: string; value: string[] }[] | undefined;
  const found = state.sessions.filter(({ id, distinct_id, start_time, person }) => {
    const at = Date.parse(start_time);
    const isHis = properties?.every(({ key, value }) => value.includes(String(person?.properties[key]))) ?? true;
    return at >= from && at <= to && isHis && (ids?.includes(distinct_id) ?? true) && (names?.includes(id) ?? true);
  });
  const start = Number(asked.get('offset') ?? (asked.get('after') ?? 'c0').slice(1));
  const end = start + Number(asked.get('limit') ?? 20);
  const has_next = end < found.length;
  const next_cursor = state.hasCursors === true && has_next ? { next_cursor: `c${end}` } : {};
  return { results: found.slice(start, end), has_next, ...next_cursor, version: 4 };
}

const readList = (text: string | null): unknown[] | undefined =>
  text === null ? undefined : (JSON.parse(text) as unknown[]);

function boundary(text: string, nowMs: number): number {
  const [, amount, unit] = /^-(\d+)([dy])$/.exec(text) ?? [];
  if (amount === undefined) return Date.parse(text);
  return nowMs - Number(amount) * (unit === 'y' ? 365 : 1) * dayMs;
}
