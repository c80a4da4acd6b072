import { authorizationHeader, type Platform } from '../platform';
import { readSentryLink } from './recognize';
import { sentryOAuth } from './oauth';
import { createSentrySource, sentryAuthorization } from './source';

export const sentry: Platform = {
  sign: authorizationHeader(sentryAuthorization),
  create: (fetch, { origin, place }) =>
    createSentrySource(fetch, {
      origin,
      // Sentry's slugs have no capitals, but the name that people know often does.
      organization: (place.organization ?? '').trim().toLowerCase(),
      projectId: place.project,
    }),
  readLink: readSentryLink,
  oauth: sentryOAuth,
  // getsentry/sentry, ratelimits/config.py: limits are per endpoint.
  counterOf: (path) => {
    if (path.includes('/recording-segments/')) return 'segments';
    return /\/replays\/[0-9a-f]{32}\//.test(path) ? 'replays' : path.includes('/replays/') ? 'lists' : 'others';
  },
};
