import { isSentryCloud } from '../../../contract/source';
import type { OAuthServer } from '../oauth';

/**
 * Sentry's authorization server. In Sentry's cloud it is on the control silo only. There is no registration by programs: the client ID is of
 * a public application, which a user creates (since pull request 106451 of January 2026; older versions demand a client secret). The
 * refresh token of a public client is replaced at each use. From src/sentry/web/frontend/oauth_token.py and oauth_authorize.py of 2026.
 */
export const sentryOAuth: OAuthServer = {
  originOf: (origin) => (isSentryCloud(origin) ? 'https://sentry.io' : origin),
  authorizePath: '/oauth/authorize/',
  tokenPath: '/oauth/token/',
  revokePath: '/oauth/revoke/',
  scopes: ['org:read', 'project:read'],
};
