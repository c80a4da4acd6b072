import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import type { FetchPort, Source } from '../source';
import { openRybbit } from './open';
import { searchRybbit } from './search';
import { verifyRybbit } from './verify';

export interface RybbitPlace {
  /** The site's number, or its public ID from the tracking script. */
  siteId: string;
}

/** Returns the `authorization` header of an API key. */
export function rybbitAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** Throws `connection-place` for an invalid site. */
export function createRybbitSource(fetch: FetchPort, { siteId }: RybbitPlace): Source {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(siteId)) {
    throw new CasementError('connection-place', { field: sourceWords.places.website });
  }
  const base = `/api/sites/${siteId}/session-replay`;
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'distinctId', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verifyRybbit(fetch, base, signal),
    search: (query, cursor, signal) => searchRybbit(fetch, base, query, cursor, signal),
    open: (remoteId, options) => openRybbit(fetch, base, remoteId, options),
    deepLink: () => undefined,
  };
}
