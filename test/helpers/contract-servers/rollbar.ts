import type { RequestListener } from 'node:http';
import type { PlainEvent } from '../demo-events';
import { replyJson, urlOf } from './reply-json';

export interface RollbarState {
  /** Scopes by token. */
  tokens: Record<string, string[]>;
  /** The newest first. */
  instances: { timestamp: number; data: Record<string, unknown> }[];
  /** The rrweb events by `environment/session/replay`. */
  replays: Record<string, readonly PlainEvent[]>;
  /** The form of the result, which isn't documented: as the recorder sends it, or rrweb's events in an object. */
  form?: 'spans' | 'events';
  /** The number of events that the reply announces. */
  announced?: number;
}

const pageSize = 20;

/**
 * Rollbar's API: the path of a replay after rollbar/rollbar-mcp-server 2392936a, src/resources/replay-resource.ts and src/utils/api.ts;
 * occurrences after its documentation (docs.rollbar.com/reference, “List all occurrences in a project”), with the attributes that
 * rollbar/rollbar.js bcc8174e adds (src/queue.js, src/rollbar.js); spans after its src/tracing/exporter.js.
 */
export function rollbarServer(state: RollbarState): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const scopes = state.tokens[String(request.headers['x-rollbar-access-token'])];
    const fail = (status: number, message: string): void => replyJson(response, status, { err: 1, message });
    if (!scopes) return fail(401, 'invalid access token');
    if (!scopes.includes('read')) return fail(403, 'insufficient privileges');
    if (pathname === '/api/1/instances') {
      const page = Number(searchParams.get('page') ?? 1);
      const instances = state.instances.slice((page - 1) * pageSize, page * pageSize);
      return replyJson(response, 200, { err: 0, result: { page, instances } });
    }
    const parts = /^\/api\/1\/environment\/([^/]+)\/session\/([^/]+)\/replay\/([^/]+)$/.exec(pathname)?.slice(1);
    const events = parts && state.replays[parts.map(decodeURIComponent).join('/')];
    if (!events) return fail(404, 'not found');
    const form = state.form === 'events' ? { data: { events } } : toSpans(events);
    const count = state.announced === undefined ? {} : { event_count: state.announced };
    replyJson(response, 200, { err: 0, result: { id: parts?.[2], ...count, ...form } });
  };
}

function toSpans(events: readonly PlainEvent[]): object {
  const recorded = events.map(({ type, timestamp, data }) => ({
    timeUnixNano: `${timestamp}123456`,
    name: 'rrweb-replay-events',
    attributes: [
      { key: 'eventType', value: { intValue: String(type) } },
      { key: 'json', value: { stringValue: JSON.stringify(data) } },
    ],
  }));
  const spans = [
    { name: 'session', events: [{ name: 'other', timeUnixNano: '1', attributes: [] }] },
    { name: 'rrweb-replay-recording', events: recorded },
  ];
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'x' }, spans }] }] };
}
