import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { replyJson, urlOf } from './reply-json';

interface Client {
  redirectUris: string[];
  /** A client without a secret. */
  isPublic: boolean;
}

interface Session {
  client: string;
  scope: string;
  accessToken: string;
  refreshToken: string;
}

export interface OAuthState {
  clients: Map<string, Client>;
  codes: Map<string, { client: string; redirectUri: string; challenge: string; scope: string }>;
  sessions: Session[];
  /** Parameters of the authorization requests, oldest first. */
  asked: Record<string, string>[];
  /** Number of requests to the token endpoint, by `grant_type`. */
  grants: Record<string, number>;
  /** The user declines. */
  isDeclined: boolean;
  /** Called before a refresh is answered, so that a test can let others come first. */
  beforeRefresh: () => Promise<void>;
  expiresIn: number | null;
  /** Changes the redirect that the browser follows. */
  redirect: (address: string) => string;
  /** Status and body that replace those of the token endpoint. */
  tokenFailure?: { status: number; body: string; type?: string };
}

interface Flavour {
  /** PostHog registers anyone's client. */
  hasRegistration: boolean;
  /** Sentry replaces the refresh token of a public client. */
  isRotating: boolean;
  /** Sentry revokes only for clients with a secret. */
  revokesPublic: boolean;
  tokenPrefix: string;
  /** Further fields of the token reply. */
  extra: object;
}

/**
 * The authorization servers of PostHog and Sentry.
 *
 * PostHog: posthog/api/oauth/views.py @00cf18db (redirects, S256 only, `scoped_teams` in the token reply, no replacement of refresh tokens for
 * registered clients), dcr.py @168b83ce (201, public clients), models/oauth.py @009c57ad (loopback redirects over http).
 * Sentry: src/sentry/web/frontend/oauth_token.py of January 2026, with pull request 106451 (public clients, replaced refresh tokens, 401
 * `invalid_client` otherwise), oauth_authorize.py (S256 only), models/apiapplication.py @03b86816 (any port for a loopback redirect without
 * one), oauth_revoke.py (demands a secret).
 */
export const flavours = {
  posthog: {
    hasRegistration: true,
    isRotating: false,
    revokesPublic: true,
    tokenPrefix: 'pha_',
    extra: { scoped_teams: [42], scoped_organizations: [] },
  },
  sentry: {
    hasRegistration: false,
    isRotating: true,
    revokesPublic: false,
    tokenPrefix: 'sntrya_',
    extra: { user: { id: '7', name: 'Agent', email: 'agent@acme.example' } },
  },
} satisfies Record<string, Flavour>;

export function makeOAuthState(): OAuthState {
  return {
    clients: new Map(),
    codes: new Map(),
    sessions: [],
    asked: [],
    grants: {},
    isDeclined: false,
    beforeRefresh: () => Promise.resolve(),
    expiresIn: 3600,
    redirect: (address) => address,
  };
}

/** Answers the requests under `/oauth/`, and passes all others to the platform's API. */
export function withOAuth(state: OAuthState, flavour: Flavour, api: RequestListener): RequestListener {
  return (request, response) => {
    if (!(request.url ?? '').startsWith('/oauth/')) return api(request, response);
    void answer(state, flavour, request, response);
  };
}

async function answer(
  state: OAuthState,
  flavour: Flavour,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = urlOf(request);
  const body = await readText(request);
  const refuse = (status: number, error: string): void =>
    replyJson(response, status, { error, error_description: 'for a person' });
  if (pathname === '/oauth/authorize/' && request.method === 'GET') return authorize(state, searchParams, response);
  if (request.method !== 'POST') return refuse(405, 'invalid_request');
  if (pathname === '/oauth/register/' && flavour.hasRegistration) {
    const { redirect_uris } = JSON.parse(body) as { redirect_uris: string[] };
    const id = randomBytes(20).toString('hex');
    state.clients.set(id, { redirectUris: redirect_uris, isPublic: true });
    return replyJson(response, 201, { client_id: id, redirect_uris, token_endpoint_auth_method: 'none' });
  }
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? ''))
    return refuse(400, 'invalid_request');
  const form = new URLSearchParams(body);
  const client = state.clients.get(form.get('client_id') ?? '');
  if (pathname === '/oauth/revoke/') {
    if (!client || !flavour.revokesPublic) return refuse(401, 'invalid_client');
    const token = form.get('token');
    state.sessions = state.sessions.filter(
      ({ accessToken, refreshToken }) => token !== accessToken && token !== refreshToken,
    );
    return void response.writeHead(200, { 'content-length': 0 }).end();
  }
  if (pathname !== '/oauth/token/') return refuse(404, 'invalid_request');
  const grantType = form.get('grant_type') ?? '';
  state.grants[grantType] = (state.grants[grantType] ?? 0) + 1;
  if (grantType === 'refresh_token') await state.beforeRefresh();
  if (state.tokenFailure) {
    const { status, body: text, type } = state.tokenFailure;
    return replyJson(response, status, text, type === undefined ? {} : { 'content-type': type });
  }
  if (!client?.isPublic) return refuse(401, 'invalid_client');
  const issue = (session: Session): void =>
    replyJson(response, 200, {
      access_token: session.accessToken,
      refresh_token: session.refreshToken,
      token_type: 'Bearer',
      expires_in: state.expiresIn,
      scope: session.scope,
      ...flavour.extra,
    });
  const makeToken = (): string => `${flavour.tokenPrefix}canary-${randomBytes(16).toString('hex')}`;
  if (grantType === 'authorization_code') {
    const code = form.get('code') ?? '';
    const grant = state.codes.get(code);
    state.codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGranted =
      grant?.client === form.get('client_id') &&
      grant?.redirectUri === form.get('redirect_uri') &&
      grant?.challenge === challenge;
    if (!grant || !isGranted) return refuse(400, 'invalid_grant');
    const session = {
      client: grant.client,
      scope: grant.scope,
      accessToken: makeToken(),
      refreshToken: makeToken(),
    };
    state.sessions.push(session);
    return issue(session);
  }
  if (grantType !== 'refresh_token') return refuse(400, 'unsupported_grant_type');
  // Sentry refuses a scope here.
  if (form.has('scope')) return refuse(400, 'invalid_request');
  const session = state.sessions.find(
    (known) => known.refreshToken === form.get('refresh_token') && known.client === form.get('client_id'),
  );
  if (!session) return refuse(400, 'invalid_grant');
  session.accessToken = makeToken();
  if (flavour.isRotating) session.refreshToken = makeToken();
  issue(session);
}

function authorize(state: OAuthState, asked: URLSearchParams, response: ServerResponse): void {
  state.asked.push(Object.fromEntries(asked));
  const client = state.clients.get(asked.get('client_id') ?? '');
  const redirectUri = asked.get('redirect_uri') ?? '';
  // Without a known client and redirect address, the browser shows the error and goes nowhere.
  if (!client?.redirectUris.some((known) => isSameLoopback(known, redirectUri)))
    return replyJson(response, 400, { error: 'invalid_client' });
  const back = (result: Record<string, string>): void => {
    const query = new URLSearchParams({ ...result, state: asked.get('state') ?? '' });
    response.writeHead(302, { location: state.redirect(`${redirectUri}?${query.toString()}`) }).end();
  };
  if (asked.get('response_type') !== 'code' || asked.get('code_challenge_method') !== 'S256')
    return back({ error: 'invalid_request' });
  if (state.isDeclined) return back({ error: 'access_denied' });
  const code = randomBytes(16).toString('hex');
  state.codes.set(code, {
    client: asked.get('client_id') ?? '',
    redirectUri,
    challenge: asked.get('code_challenge') ?? '',
    scope: asked.get('scope') ?? '',
  });
  back({ code });
}

/** RFC 8252: the port of a loopback redirect may differ from the registered one. */
function isSameLoopback(registered: string, asked: string): boolean {
  if (!URL.canParse(asked)) return false;
  const [known, given] = [new URL(registered), new URL(asked)];
  return (
    given.protocol === 'http:' &&
    known.hostname === given.hostname &&
    known.pathname === given.pathname &&
    (known.port === '' || known.port === given.port)
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
