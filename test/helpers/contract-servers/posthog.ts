import type { RequestListener } from 'node:http';
import { replyJson, urlOf } from './reply-json';

export interface ServedBlock {
  bytes: Buffer;
  startMs: number;
  endMs: number;
  /** `always`: its data is lost. `in-batches`: it can only be read alone. */
  isLost?: 'always' | 'in-batches';
  /** The list has null for both times. */
  isTimeless?: boolean;
}

interface ServedRecording {
  blocks?: ServedBlock[];
  /** A file in long-term storage. */
  lts?: Buffer;
  /** Blobs of the older storage, by key. Only servers before `blob_v2` list and serve them. */
  blobs?: Record<string, Buffer>;
  realtime?: string;
  isDeleted?: boolean;
  /** The storage that lists the blocks doesn't answer. */
  isUnlisted?: boolean;
}

interface ServedKey {
  label: string;
  scopes: string[];
  scoped_teams: number[] | null;
  created_at?: string | null;
  last_used_at?: string | null;
  last_rolled_at?: string | null;
}

export interface PostHogState {
  keys: Record<string, ServedKey>;
  project: number;
  /** A version too old to report a key's permissions. */
  isOld?: boolean;
  /** An OAuth token: `@current` knows no such key. */
  isOAuth?: boolean;
  /** The organization forbids personal keys of members. */
  forbidsKeys?: boolean;
  /** The owner of the key has this access to recordings. */
  access?: 'project' | 'resource';
  /** Pages by `after` and `next_cursor`; else by `offset`. */
  hasCursors?: boolean;
  sessions: {
    id: string;
    distinct_id?: string | null;
    start_time: string | null;
    person?: { name?: string | null; properties?: Record<string, unknown> | null } | null;
    [field: string]: unknown;
  }[];
  recordings: Record<string, ServedRecording>;
  nowMs: number;
  /** Requests left before 429. */
  requestsLeft: number;
  /** Requests of snapshots left before 429, apart from those of lists; no limit by default. */
  snapshotsLeft?: number;
  /** The refusal of every request about the project. */
  refusal?: { status: number; detail: string };
  /** The reply of a gateway in front of the server to every request. */
  gateway?: { status: number; type: string; body: string };
}

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');

/**
 * PostHog's private API. Each reply names the upstream file that it follows (PostHog/posthog, stored copies of autumn 2026:
 * session_recordings/session_recording_api.py @004ffdf6, permissions.py @001027ce, rate_limit.py @00b34d82).
 */
export function postHogServer(state: PostHogState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    // exceptions.py, exceptions-hog: every error has these fields.
    const refuse = (status: number, type: string, code: string, detail: string, headers = {}): void =>
      replyJson(response, status, { type, code, detail, attr: null }, headers);
    const notFound = (detail = 'Not found.'): void => refuse(404, 'invalid_request', 'not_found', detail);
    const forbid = (detail: string): void => refuse(403, 'authentication_error', 'permission_denied', detail);
    const invalid = (detail: string): void => refuse(400, 'validation_error', 'invalid_input', detail);
    if (state.gateway) {
      const { status, type, body } = state.gateway;
      response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
      return;
    }
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    const key = scheme === 'Bearer' ? state.keys[token] : undefined;
    // auth.py, PersonalAPIKeyAuthentication.
    if (!key) {
      const detail = 'Personal API key found in request Authorization header is invalid.';
      return refuse(401, 'authentication_error', 'authentication_failed', detail);
    }
    // rate_limit.py: lists and snapshots are counted apart, by the hash of the key; DRF adds Retry-After.
    const isSnapshots = pathname.endsWith('/snapshots');
    const throttle = (): void => {
      const detail = 'Request was throttled. Expected available in 59 seconds.';
      refuse(429, 'throttled_error', 'throttled', detail, { 'retry-after': '59' });
    };
    if (isSnapshots && state.snapshotsLeft !== undefined && state.snapshotsLeft-- <= 0) return throttle();
    if (state.requestsLeft-- <= 0) return throttle();
    if (pathname === '/api/personal_api_keys/@current/') {
      if (state.isOld === true) return notFound();
      if (state.isOAuth === true) return forbid('This action does not support OAuth access');
      // api/personal_api_key.py, PersonalAPIKeySerializer: empty scopes are reported as `*`.
      const scopes = key.scopes.length > 0 ? key.scopes : ['*'];
      const mine = { id: 'x', mask_value: 'phx_...1234', user_id: 1, scoped_organizations: null, ...key, scopes };
      return replyJson(response, 200, mine);
    }
    const inProject = /^\/api\/projects\/(\d+)\/session_recordings\/(?:([^/]+)\/snapshots)?$/.exec(pathname);
    if (!inProject) return forbid('This action does not support Personal API Key access');
    if (state.refusal) return refuse(state.refusal.status, 'x', 'x', state.refusal.detail);
    if (Number(inProject[1]) !== state.project) return notFound('Project not found.');
    // permissions.py, APIScopePermission.
    if (state.forbidsKeys === true) {
      return forbid(
        "Organization 'Acme' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.",
      );
    }
    if (key.scoped_teams?.length && !key.scoped_teams.includes(state.project)) {
      return forbid(`API key does not have access to the requested project: ID ${state.project}.`);
    }
    const mayRead = key.scopes.some((scope) => /^(\*|session_recording:(read|write))$/.test(scope));
    if (key.scopes.length > 0 && !mayRead) return forbid("API key missing required scope 'session_recording:read'");
    // permissions.py, AccessControlPermission.
    if (state.access === 'project') return forbid("You don't have access to the project.");
    if (state.access === 'resource') return forbid('You do not have viewer access to this resource.');
    if (inProject[2] === undefined)
      return replyList(state, searchParams, (body) => replyJson(response, 200, body), invalid);

    const recording = state.recordings[decodeURIComponent(inProject[2])];
    if (!recording) return notFound('Recording not found');
    const source = searchParams.get('source');
    // snapshots(): an error of the listing storage is an empty list (list_blocks: `except Exception: return []`).
    if (source === null && recording.isUnlisted === true) return replyJson(response, 200, { sources: [] });
    if (recording.isDeleted === true) {
      return replyJson(response, 410, {
        error: 'recording_deleted',
        message: 'This recording has been permanently deleted',
        deleted_at: null,
        deleted_by: null,
      });
    }
    if (source === null) return replyJson(response, 200, { sources: listSources(recording) });
    const send = (bytes: Buffer, type = 'application/jsonl'): void =>
      void response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
    if (source === 'realtime' && recording.realtime !== undefined) {
      return send(Buffer.from(recording.realtime), 'application/json');
    }
    const blob = source === 'blob' ? recording.blobs?.[searchParams.get('blob_key') ?? ''] : undefined;
    if (blob) return send(blob);
    if (source === 'blob_v2_lts') {
      if (recording.lts && searchParams.get('blob_key') === 'lts/path') return send(recording.lts);
      return notFound('Recording not found');
    }
    // SessionRecordingSnapshotsRequestSerializer.validate.
    if (source !== 'blob_v2') return invalid('Invalid source must be one of [blob_v2, blob_v2_ts, None]');
    const [start, end] = [Number(searchParams.get('start_blob_key')), Number(searchParams.get('end_blob_key'))];
    const most = state.isOAuth === true ? 100 : 20;
    if (!(start <= end) || end - start > most) return invalid(`Cannot request more than ${most} blob keys at once`);
    const blocks = recording.blocks ?? [];
    // _fetch_and_validate_blocks.
    if (end >= blocks.length) return notFound('Block index out of range');
    const asked = blocks.slice(start, end + 1);
    const readable = asked.filter(
      ({ isLost }) => isLost === undefined || (isLost === 'in-batches' && asked.length === 1),
    );
    // _fetch_blocks_parallel, RecordingBlocksUnavailable.
    if (readable.length === 0) {
      return refuse(502, 'server_error', 'recording_blocks_unavailable', 'Recording blocks are unavailable.');
    }
    // _stream_blob_v2_to_client: the readable blocks joined, without trailing line breaks, and no error for the others.
    const joined = Buffer.concat(readable.map(({ bytes }) => bytes)).toString('latin1');
    send(Buffer.from(joined.replace(/\n+$/, ''), 'latin1'));
  };
}

/** _gather_session_recording_sources: a recording in long-term storage lists nothing else. */
function listSources({ blocks = [], lts, blobs = {}, realtime }: ServedRecording): object[] {
  const times = (startMs: number, endMs: number): object => ({
    start_timestamp: iso(startMs),
    end_timestamp: iso(endMs),
  });
  if (lts) return [{ source: 'blob_v2_lts', start_timestamp: null, end_timestamp: null, blob_key: 'lts/path' }];
  return [
    ...blocks.map(({ startMs, endMs, isTimeless }, index) => ({
      source: 'blob_v2',
      ...(isTimeless ? { start_timestamp: null, end_timestamp: null } : times(startMs, endMs)),
      blob_key: String(index),
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

interface Filter {
  key: string;
  type: string;
  operator: string;
  value: unknown;
}

/** schema.py, RecordingsQuery: any other parameter is an error. */
const knownParameters = new Set([
  'limit',
  'offset',
  'after',
  'date_from',
  'date_to',
  'distinct_ids',
  'session_ids',
  'person_uuid',
  'properties',
  'having_predicates',
]);

function replyList(
  state: PostHogState,
  asked: URLSearchParams,
  send: (body: object) => void,
  invalid: (detail: string) => void,
): void {
  const unknown = [...asked.keys()].find((name) => !knownParameters.has(name));
  if (unknown !== undefined) return invalid(`Extra inputs are not permitted: ${unknown}`);
  const from = boundary(asked.get('date_from') ?? '-3d', state.nowMs);
  const to = boundary(asked.get('date_to') ?? iso(state.nowMs), state.nowMs);
  const ids = readList(asked.get('distinct_ids'));
  const names = readList(asked.get('session_ids'));
  const filters = [...(readList(asked.get('properties')) ?? []), ...(readList(asked.get('having_predicates')) ?? [])];
  const found = state.sessions.filter((session) => {
    const { id, distinct_id, start_time } = session;
    // Zoneless times are UTC, as ClickHouse writes them.
    const at = start_time === null ? from : Date.parse(/Z$|\+/.test(start_time) ? start_time : `${start_time}Z`);
    const isFitting = filters.every((filter) => fits(session, filter as Filter));
    return at >= from && at <= to && isFitting && (ids?.includes(distinct_id) ?? true) && (names?.includes(id) ?? true);
  });
  const start = Number(asked.get('offset') ?? (asked.get('after') ?? 'c0').slice(1));
  const end = start + Number(asked.get('limit') ?? 20);
  const has_next = end < found.length;
  const next_cursor = state.hasCursors === true && has_next ? { next_cursor: `c${end}` } : {};
  send({ results: found.slice(start, end), has_next, version: 4, ...next_cursor });
}

/** hogql/property.py: `exact` takes a list and compares letter case, `icontains` does not. */
function fits(session: PostHogState['sessions'][number], { key, type, operator, value }: Filter): boolean {
  const actual = valueOf(session, key, type);
  if (operator === 'exact') return (value as unknown[]).includes(actual);
  if (operator === 'icontains') return String(actual).toLowerCase().includes(String(value).toLowerCase());
  if (operator === 'in') return (actual as unknown[]).includes(value);
  const [number, limit] = [Number(actual), Number(value)];
  return operator === 'gt' ? number > limit : operator === 'gte' ? number >= limit : number <= limit;
}

function valueOf(session: PostHogState['sessions'][number], key: string, type: string): unknown {
  if (type === 'person') return session.person?.properties?.[key];
  if (type === 'recording') {
    return session[{ duration: 'recording_duration', visited_page: 'start_url' }[key] ?? key];
  }
  if (type === 'cohort') return session.cohorts ?? [];
  return (session[`${type}s`] as Record<string, unknown> | undefined)?.[key];
}

const readList = (text: string | null): unknown[] | undefined =>
  text === null ? undefined : (JSON.parse(text) as unknown[]);

function boundary(text: string, nowMs: number): number {
  const [, amount, unit] = /^-(\d+)([dy])$/.exec(text) ?? [];
  if (amount === undefined) return Date.parse(text);
  return nowMs - Number(amount) * (unit === 'y' ? 365 : 1) * dayMs;
}
