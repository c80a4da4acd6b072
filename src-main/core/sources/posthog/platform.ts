import { authorizationHeader, perHour, perMinute, type Platform } from '../platform';
import { readPostHogLink } from './recognize';
import { createPostHogSource, postHogAuthorization } from './source';

export const posthog: Platform = {
  sign: authorizationHeader(postHogAuthorization),
  create: (fetch, { origin, place }) => createPostHogSource(fetch, { origin, projectId: place.project }),
  readLink: readPostHogLink,
  // The paid plans' limits. The free plan's are lower; its 429 says so.
  pace: { rates: [perMinute(60), perHour(300)], concurrent: 3 },
  isTeamWide: true,
};
