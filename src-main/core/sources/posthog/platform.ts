import { authorizationHeader, perHour, perMinute, type Platform } from '../platform';
import { postHogOAuth } from './oauth';
import { readPostHogLink } from './recognize';
import { createPostHogSource, postHogAuthorization } from './source';

export const posthog: Platform = {
  sign: authorizationHeader(postHogAuthorization),
  create: (fetch, { origin, place, grant }) => createPostHogSource(fetch, { origin, projectId: place.project, grant }),
  readLink: readPostHogLink,
  // The paid plans' limits. The free plan's are lower; its 429 says so.
  pace: { rates: [perMinute(60), perHour(300)], concurrent: 3 },
  isTeamWide: true,
  oauth: postHogOAuth,
  // The limits of replays apply to personal keys only (posthog/rate_limit.py @00b34d82).
  oauthPace: { concurrent: 3 },
};
