import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as v from 'valibot';
import type { Catalogue } from './catalogue';
import { demoScopes, isSameSecret, type DemoScope, type IssuedKeys } from './issued-keys';
import type { TokenBuckets } from './token-bucket';

const gunzipAsync = promisify(gunzip);

export interface DemoRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string;
  accept: string;
  acceptEncoding: string;
  body: string;
}

export interface DemoReply {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

interface Parts {
  catalogue: Catalogue;
  keys: IssuedKeys;
  buckets: TokenBuckets;
  setupToken: string;
  onKeyIssued: (line: string) => void;
}

const KeyRequest = v.strictObject({
  scopes: v.optional(v.pipe(v.array(v.picklist(demoScopes)), v.minLength(1)), [...demoScopes]),
});

const ok = (value: unknown, status = 200): DemoReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** `{error: {code, message}}`. The message is for people and contains nothing of the request. */
export const problem = (status: number, code: string, message: string, headers = {}): DemoReply => ({
  ...ok({ error: { code, message } }, status),
  headers: { 'content-type': 'application/json', ...headers },
});

const unauthorized = (): DemoReply =>
  problem(401, 'unauthorized', 'The key is missing or unknown.', { 'www-authenticate': 'Bearer' });
const notFound = (): DemoReply => problem(404, 'not_found', 'There is no such thing here.');
const badRequest = (message: string): DemoReply => problem(400, 'bad_request', message);

/** Returns a function that answers one request of the protocol. */
export function createResponder(parts: Parts): (request: DemoRequest) => Promise<DemoReply> {
  const { catalogue, keys, buckets } = parts;

  function issueKey(request: DemoRequest): DemoReply {
    const token = /^Setup (.+)$/.exec(request.authorization)?.[1] ?? '';
    if (!isSameSecret(token, parts.setupToken)) return unauthorized();
    const parsed = v.safeParse(KeyRequest, parseJson(request.body === '' ? '{}' : request.body));
    if (!parsed.success) return badRequest('The scopes are not known.');
    const { key, line } = keys.issue([...new Set(parsed.output.scopes)]);
    parts.onKeyIssued(line);
    return ok({ key }, 201);
  }

  function listSessions({ query }: DemoRequest): DemoReply {
    const limitText = query.get('limit') ?? '20';
    const limit = /^\d{1,3}$/.test(limitText) ? Number(limitText) : 0;
    if (limit < 1 || limit > 100) return badRequest('The limit is a number from 1 to 100.');
    const page = catalogue.list(query.get('user_email') ?? '', limit, query.get('cursor') ?? undefined);
    return page ? ok(page) : badRequest('The cursor is not one of this list.');
  }

  function describeSession(id: string): DemoReply {
    const session = catalogue.find(id);
    return session ? ok(session) : notFound();
  }

  async function sendRecording(request: DemoRequest, id: string): Promise<DemoReply> {
    const gzipped = await catalogue.recording(id);
    if (!gzipped) return notFound();
    if (/\bapplication\/gzip\b/i.test(request.accept)) {
      return { status: 200, headers: { 'content-type': 'application/gzip' }, body: gzipped };
    }
    const headers = { 'content-type': 'application/json', vary: 'accept, accept-encoding' };
    if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?(,|$))/i.test(request.acceptEncoding)) {
      return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipped };
    }
    return { status: 200, headers, body: await gunzipAsync(gzipped) };
  }

  /** Without a valid key, a client can't find out which paths exist. Over the rate limit, it learns only when to retry. */
  async function asKeyHolder(
    request: DemoRequest,
    scope: DemoScope | undefined,
    serve: (scopes: readonly DemoScope[]) => DemoReply | Promise<DemoReply>,
  ): Promise<DemoReply> {
    const holder = keys.find(/^Bearer (.+)$/.exec(request.authorization)?.[1] ?? '');
    if (!holder) return unauthorized();
    const seconds = buckets.take(holder.id);
    if (seconds > 0) return problem(429, 'rate_limited', 'Too many requests.', { 'retry-after': String(seconds) });
    if (scope && !holder.scopes.includes(scope)) return problem(403, 'forbidden', 'The key may not do this.');
    return serve(holder.scopes);
  }

  return async (request) => {
    const [, id, part] = /^\/v1\/sessions\/([^/]+)(\/recording)?$/.exec(request.path) ?? [];
    const routes: Record<string, { method: string; serve: () => DemoReply | Promise<DemoReply> }> = {
      '/v1/keys': { method: 'POST', serve: () => issueKey(request) },
      '/v1/me': {
        method: 'GET',
        serve: () => asKeyHolder(request, undefined, (scopes) => ok({ label: 'Demo key', scopes })),
      },
      '/v1/sessions': {
        method: 'GET',
        serve: () => asKeyHolder(request, 'sessions:list', () => listSessions(request)),
      },
    };
    const ofSession = id && {
      method: 'GET',
      serve: () =>
        part === undefined
          ? asKeyHolder(request, 'sessions:list', () => describeSession(id))
          : asKeyHolder(request, 'recordings:read', () => sendRecording(request, id)),
    };
    const route = ofSession || routes[request.path];
    if (!route) return asKeyHolder(request, undefined, notFound);
    if (route.method !== request.method) {
      return problem(405, 'method_not_allowed', 'Not with this method.', { allow: route.method });
    }
    return route.serve();
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
