import type { RequestListener, ServerResponse } from 'node:http';
import { replyJson, urlOf } from './reply-json';

interface Segment {
  index_in_view: number;
  records: readonly { timestamp: number }[];
}

export interface DatadogState {
  apiKey: string;
  /** Permissions by application key. */
  applicationKeys: Record<string, string[]>;
  /** RUM events, the attributes that they were sent with. The time of each is its `date`. */
  events: { type: string; date: number; session: { id: string; [field: string]: unknown }; [field: string]: unknown }[];
  /** Segments by view. */
  segments: Record<string, Segment[]>;
  /** The number of segments in a page; all by default. */
  segmentsInPage?: number;
  /** The form of the reply with segments, which isn't documented. */
  form?: 'list' | 'lines' | 'attributes';
  /** There is nothing to list: null instead of an empty list. */
  hasNull?: boolean;
}

/**
 * Datadog's API, after its client (DataDog/datadog-api-client-typescript a6d17420: RumReplaySessionsApi.ts, RUMApi.ts, models/RUM*.ts) and
 * its documentation (docs.datadoghq.com/api/latest/rum-replay-sessions/get-segments: the header `X-Paging`; /rum; /authentication). The body
 * of a reply with segments is documented nowhere: BrowserSegment of DataDog/rum-events-format e18f1d3b is assumed.
 */
export function datadogServer(state: DatadogState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const refuse = (): void => replyJson(response, 403, { errors: ['Forbidden'] });
    if (request.headers['dd-api-key'] !== state.apiKey) return refuse();
    if (pathname === '/api/v1/validate') return replyJson(response, 200, { valid: true });
    const permissions = state.applicationKeys[String(request.headers['dd-application-key'])] ?? [];
    if (pathname === '/api/v2/rum/events') {
      return permissions.includes('rum_apps_read') ? replyEvents(state, searchParams, response) : refuse();
    }
    const [, sessionId, viewId = ''] =
      /^\/api\/v2\/rum\/replay\/sessions\/([^/]+)\/views\/([^/]+)\/segments$/.exec(pathname) ?? [];
    if (sessionId === undefined) return replyJson(response, 404, { errors: ['Not found'] });
    if (!permissions.includes('rum_session_replay_read')) return refuse();
    const segments = state.segments[viewId];
    if (!segments) return replyJson(response, 404, { errors: ['Not found'] });
    const size = state.segmentsInPage ?? segments.length;
    const start = Number(/^page (\d+)\/\+$/.exec(searchParams.get('paging') ?? 'page 0/+')?.[1]);
    const page = segments.slice(start, start + size).map((segment) => describe(segment, sessionId, viewId));
    const hasNext = start + size < segments.length;
    replySegments(state, page, hasNext ? { 'x-paging': `page ${start + size}/+` } : {}, response);
  };
}

function describe({ index_in_view, records }: Segment, session: string, view: string): object {
  return {
    application: { id: 'ac8218cf-498b-4d33-bd44-151095959547' },
    session: { id: session },
    view: { id: view },
    source: 'browser',
    creation_reason: 'segment_duration_limit',
    start: records[0]?.timestamp,
    end: records.at(-1)?.timestamp,
    records_count: records.length,
    index_in_view,
    records,
  };
}

function replySegments(
  { form = 'list' }: DatadogState,
  page: readonly object[],
  headers: Record<string, string>,
  response: ServerResponse,
): void {
  if (form === 'lines') {
    const text = page.map((segment) => `${JSON.stringify(segment)}\n`).join('');
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
    return;
  }
  const body = form === 'list' ? page : { data: page.map((attributes) => ({ type: 'segment', attributes })) };
  replyJson(response, 200, body, headers);
}

function replyEvents(state: DatadogState, params: URLSearchParams, response: ServerResponse): void {
  const terms = [...(params.get('filter[query]') ?? '').matchAll(/@([\w.]+):(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)];
  const from = timeOf(params.get('filter[from]') ?? 'now-15m');
  const to = timeOf(params.get('filter[to]') ?? 'now');
  const found = state.events
    .filter((event) => event.date >= from && event.date <= to)
    .filter((event) => terms.every(([, path = '', quoted, plain = '']) => matches(event, path, quoted, plain)))
    .sort((one, other) => (params.get('sort') === 'timestamp' ? one.date - other.date : other.date - one.date));
  const limit = Number(params.get('page[limit]') ?? 10);
  const start = Number(params.get('page[cursor]') ?? 0);
  const data = found.slice(start, start + limit).map(({ date, ...attributes }) => ({
    id: 'AQ',
    type: 'rum',
    attributes: { service: 'shop', tags: [], timestamp: new Date(date).toISOString(), attributes },
  }));
  const after = start + limit < found.length ? { page: { after: String(start + limit) } } : {};
  const list = data.length === 0 && state.hasNull === true ? null : data;
  replyJson(response, 200, { data: list, meta: { elapsed: 1, status: 'done', ...after } });
}

/** Milliseconds, or a number of days before now. */
function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [, amount = '0', unit = 'm'] = /^now(?:-(\d+)([mhd]))?$/.exec(text) ?? [];
  return Date.now() - Number(amount) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd'];
}

function matches(event: object, path: string, quoted: string | undefined, plain: string): boolean {
  const value = path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], event);
  if (quoted !== undefined) return String(value) === quoted.replace(/\\(.)/g, '$1');
  const [, operator, limit] = /^(>=|<=|>)(\d+)$/.exec(plain) ?? [];
  if (operator === undefined) return String(value) === plain;
  if (operator === '>') return Number(value) > Number(limit);
  return operator === '>=' ? Number(value) >= Number(limit) : Number(value) <= Number(limit);
}
