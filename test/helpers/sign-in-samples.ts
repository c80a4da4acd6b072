import type { RequestListener } from 'node:http';
import { flavours, makeOAuthState, withOAuth, type OAuthState } from './contract-servers/oauth';
import { postHogOf, sentryOf, type ServedPostHog } from './platform-samples';

/** Returns a PostHog server that accepts only tokens of its own authorization server. */
export function postHogWithSignIn(served: ServedPostHog = {}) {
  const { listener, state, ...rest } = postHogOf(served);
  const oauth = makeOAuthState();
  state.isOAuth = true;
  const api: RequestListener = (request, response) => {
    state.keys = keysOf(oauth, (scopes) => ({ label: '', scopes, scoped_teams: [42] }));
    listener(request, response);
  };
  return { listener: withOAuth(oauth, flavours.posthog, api), oauth, state, ...rest };
}

/** The client ID of an application that a user of Sentry registered. */
export const sentryClientId = 'd3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Returns a Sentry server that accepts only tokens of its own authorization server, with one public client. */
export function sentryWithSignIn() {
  const { listener, state, events } = sentryOf();
  const oauth = makeOAuthState();
  oauth.clients.set(sentryClientId, { redirectUris: ['http://127.0.0.1/callback'], isPublic: true });
  const api: RequestListener = (request, response) => {
    state.keys = keysOf(oauth, (scopes) => scopes);
    listener(request, response);
  };
  return { listener: withOAuth(oauth, flavours.sentry, api), oauth, state, events };
}

function keysOf<T>({ sessions }: OAuthState, keyOf: (scopes: string[]) => T): Record<string, T> {
  return Object.fromEntries(sessions.map(({ accessToken, scope }) => [accessToken, keyOf(scope.split(' '))]));
}
