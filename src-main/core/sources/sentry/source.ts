import type { FetchPort, Source } from '../source';
import { openSentry } from './open';
import { checkSentryPlace, linkToReplay, readRemoteId, type SentryPlace } from './place';
import { searchSentry } from './search';
import { verifySentry } from './verify';

export type { SentryPlace } from './place';

/** How an auth token is shown to Sentry; for the transport. */
export function sentryAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** Throws `connection-place` for an organization or a project that can be none. */
export function createSentrySource(fetch: FetchPort, place: SentryPlace): Source {
  checkSentryPlace(place);
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'from', 'to', 'filters'],
      isLive: true,
      hasDeepLink: true,
    },
    verify: (signal) => verifySentry(fetch, place, signal),
    search: (query, cursor, signal) => searchSentry(fetch, place, query, cursor, signal),
    open: (remoteId, options) => openSentry(fetch, place, remoteId, options),
    deepLink(remoteId, atMs) {
      const name = readRemoteId(remoteId);
      return name && linkToReplay(place, name, atMs);
    },
  };
}
