import { authorizationHeader, type Platform } from '../platform';
import { postHogOAuth } from './oauth';
import { readPostHogLink } from './recognize';
import { createPostHogSource, postHogAuthorization } from './source';

export const posthog: Platform = {
  sign: authorizationHeader(postHogAuthorization),
  create: (fetch, { origin, place, grant }) => createPostHogSource(fetch, { origin, projectId: place.project, grant }),
  readLink: readPostHogLink,
  oauth: postHogOAuth,
  pace: { concurrent: 3 },
  // PostHog/posthog, session_recordings/session_recording_api.py @004ffdf6: lists and snapshots have their own throttles, by key.
  counterOf: (path) => {
    if (path.includes('/snapshots')) return 'snapshots';
    return path.includes('/session_recordings/') ? 'lists' : 'others';
  },
  // The paid plans' limit for personal keys; there is none for a sign-in, and none on self-hosted servers (posthog/rate_limit.py @00b34d82,
  // settings/session_replay.py). A smaller one is learnt from a 429.
  pollLimit: {
    counter: 'snapshots',
    perHour: ({ origin, isSignedIn }) =>
      !isSignedIn && /^https:\/\/(us|eu)\.posthog\.com$/.test(origin) ? 300 : undefined,
  },
};
