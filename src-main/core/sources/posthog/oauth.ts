import type { OAuthServer } from '../oauth';

/**
 * PostHog's authorization server, on the same host as its API. Anyone may register a public client there, whose refresh tokens are not
 * replaced. From posthog/api/oauth/metadata.py @44cfbfe1, dcr.py @168b83ce, views.py @00cf18db.
 */
export const postHogOAuth: OAuthServer = {
  originOf: (origin) => origin,
  authorizePath: '/oauth/authorize/',
  tokenPath: '/oauth/token/',
  revokePath: '/oauth/revoke/',
  registerPath: '/oauth/register/',
  scopes: ['session_recording:read'],
  // The consent page then asks for projects, instead of offering all of the user's organizations.
  parameters: { required_access_level: 'project' },
};
