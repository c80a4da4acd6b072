import * as v from 'valibot';
import { CasementError, hasCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { checkShape, errorForStatus } from './check-reply';
import type { OAuthGrant, Tokens } from './oauth-grant';
import type { FetchPort, FetchReply } from './source';

/**
 * OAuth 2.0 for native apps (RFC 8252): authorization code with PKCE (RFC 7636), without a client secret. The functions here send
 * requests to a platform's authorization server. They have no clock and no randomness.
 */
export interface OAuthServer {
  /** Returns the authorization server's origin for a connection's origin. */
  originOf: (origin: string) => string;
  authorizePath: string;
  tokenPath: string;
  revokePath: string;
  /** The endpoint at which any program may register as a client (RFC 7591). If absent, the user must enter a client ID. */
  registerPath?: string;
  /** The scopes that Casement needs, and no more. */
  scopes: readonly string[];
  /** Further parameters of the authorization request. */
  parameters?: Readonly<Record<string, string>>;
}

const replyLimitBytes = 64_000;
const Token = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,8000}$/));

const TokenReply = v.object({
  access_token: Token,
  refresh_token: v.nullish(Token),
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
  expires_in: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1e9))),
  scope: v.nullish(v.pipe(v.string(), v.maxLength(20_000))),
  /** PostHog's own field: the projects that the user chose. */
  scoped_teams: v.nullish(v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.maxLength(10_000))),
});

const Registration = v.object({ client_id: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2048}$/)) });
const ErrorReply = v.object({ error: v.pipe(v.string(), v.maxLength(100)) });

/** The error codes of RFC 6749 and RFC 7591 that may be shown. Other text of a server may not. */
const knownReasons = new Set([
  'access_denied',
  'invalid_client',
  'invalid_client_metadata',
  'invalid_grant',
  'invalid_redirect_uri',
  'invalid_request',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]);

/** Returns the address that the browser opens. */
export function writeAuthorizationUrl(
  server: OAuthServer,
  origin: string,
  request: { clientId: string; redirectUri: string; state: string; challenge: string },
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: server.scopes.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
    ...server.parameters,
  });
  return `${server.originOf(origin)}${server.authorizePath}?${query.toString()}`;
}

/**
 * Registers Casement as a public client and returns its client ID. `redirectUri` has no port: for a loopback address, servers accept any.
 * Throws sign-in-none if the server has no registration.
 */
export async function registerClient(
  fetch: FetchPort,
  registerPath: string,
  redirectUri: string,
  scopes: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const reply = await fetch({
    method: 'POST',
    path: registerPath,
    body: JSON.stringify({
      client_name: 'Casement',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: scopes.join(' '),
    }),
    signal,
  });
  if (reply.status !== 201 && reply.status !== 200) throw await signInError(reply);
  return checkShape(Registration, await reply.json(replyLimitBytes)).client_id;
}

/** Exchanges the code of the redirect for tokens. Throws sign-in-refused, sign-in-client, sign-in-none. */
export async function exchangeCode(
  fetch: FetchPort,
  server: OAuthServer,
  request: { clientId: string; redirectUri: string; code: string; verifier: string; nowMs: number },
  signal?: AbortSignal,
): Promise<{ tokens: Tokens; grant: OAuthGrant }> {
  const reply = await post(
    fetch,
    server.tokenPath,
    {
      grant_type: 'authorization_code',
      client_id: request.clientId,
      redirect_uri: request.redirectUri,
      code: request.code,
      code_verifier: request.verifier,
    },
    signal,
  );
  if (reply.status !== 200) throw await signInError(reply);
  return readTokens(server, await reply.json(replyLimitBytes), request.nowMs);
}

/**
 * Returns new tokens. Throws key-signed-out if the server refuses the refresh token for good; other errors are temporary. A new
 * refresh token replaces the old one; without one, the old one stays valid.
 */
export async function refreshTokens(
  fetch: FetchPort,
  server: OAuthServer,
  request: { clientId: string; refreshToken: string; nowMs: number },
  signal?: AbortSignal,
): Promise<{ tokens: Tokens; grant: OAuthGrant }> {
  const { clientId, refreshToken } = request;
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  const reply = await post(fetch, server.tokenPath, form, signal);
  if (reply.status === 400 || reply.status === 401) {
    const reason = await readReason(reply);
    // Only the server's own refusal ends a sign-in, not a page of something in between.
    if (isFinal(reason)) throw new CasementError('key-signed-out');
    throw new CasementError('sign-in-refused', { reason: reasonText(reason) });
  }
  if (reply.status !== 200) throw await signInError(reply);
  const read = readTokens(server, await reply.json(replyLimitBytes), request.nowMs);
  return { ...read, tokens: { refreshToken, ...read.tokens } };
}

/** Returns whether the server revoked the tokens (RFC 7009). */
export async function revokeTokens(
  fetch: FetchPort,
  server: OAuthServer,
  { clientId, tokens }: { clientId: string; tokens: Tokens },
  signal?: AbortSignal,
): Promise<boolean> {
  // Revoking the refresh token also ends the access tokens that came from it.
  const form = {
    client_id: clientId,
    token: tokens.refreshToken ?? tokens.accessToken,
    token_type_hint: tokens.refreshToken === undefined ? 'access_token' : 'refresh_token',
  };
  const reply = await post(fetch, server.revokePath, form, signal);
  reply.discard();
  return reply.status === 200;
}

/** Returns the error for an `error` parameter of the redirect. */
export function redirectError(reason: string): CasementError {
  if (reason === 'access_denied') return new CasementError('sign-in-denied');
  return new CasementError('sign-in-refused', { reason: reasonText(reason) });
}

function post(
  fetch: FetchPort,
  path: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<FetchReply> {
  return fetch({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    signal,
  });
}

function readTokens(server: OAuthServer, reply: unknown, nowMs: number): { tokens: Tokens; grant: OAuthGrant } {
  const { access_token, refresh_token, expires_in, scope, scoped_teams } = checkShape(TokenReply, reply);
  return {
    tokens: {
      accessToken: access_token,
      ...(refresh_token && { refreshToken: refresh_token }),
      ...(typeof expires_in === 'number' && { expiresAt: nowMs + expires_in * 1000 }),
    },
    grant: {
      // RFC 6749: without a scope in the reply, all requested ones are granted.
      scopes: typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [...server.scopes],
      projects: (scoped_teams ?? []).map(String),
    },
  };
}

async function signInError(reply: FetchReply): Promise<CasementError> {
  const { status } = reply;
  if (status === 404 || status === 405) {
    reply.discard();
    return new CasementError('sign-in-none');
  }
  if (status === 429 || status >= 500) {
    reply.discard();
    return errorForStatus(reply, 'service');
  }
  const reason = await readReason(reply);
  if (reason === 'invalid_client' || reason === 'unauthorized_client') return new CasementError('sign-in-client');
  return new CasementError('sign-in-refused', { reason: reasonText(reason) });
}

/** Returns the error code in a reply; undefined if it isn't one of OAuth. */
async function readReason(reply: FetchReply): Promise<string | undefined> {
  const body = await reply.json(replyLimitBytes).catch((error: unknown) => {
    if (!(error instanceof CasementError) || hasCode(error, 'cancelled')) throw error;
    return undefined;
  });
  const result = v.safeParse(ErrorReply, body);
  return result.success ? result.output.error : undefined;
}

const isFinal = (reason: string | undefined): boolean =>
  reason === 'invalid_grant' || reason === 'invalid_client' || reason === 'unauthorized_client';

const reasonText = (reason: string | undefined): string =>
  reason !== undefined && knownReasons.has(reason) ? reason : refusals.signIn.unknown;
