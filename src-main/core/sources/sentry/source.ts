import type { FetchPort, Source } from '../source';
import { openSentry } from './open';
import { checkSentryProject, linkToReplay, readRemoteId, type SentryProject } from './project';
import { recognizeSentry } from './recognize';
import { searchSentry } from './search';
import { verifySentry } from './verify';

export type { SentryProject } from './project';

/** Returns the `authorization` header of an auth token. */
export function sentryAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** Throws `connection-place` for an invalid organization or project. */
export function createSentrySource(fetch: FetchPort, project: SentryProject): Source {
  checkSentryProject(project);
  return {
    capabilities: {
      isReplayable: true,
      search: [
        'email',
        'uid',
        'sessionId',
        'from',
        'to',
        'minDurationMs',
        'maxDurationMs',
        'hasErrors',
        'page',
        'filters',
      ],
      isLive: true,
      hasDeepLink: true,
    },
    verify: (signal) => verifySentry(fetch, project, signal),
    search: (query, cursor, signal) => searchSentry(fetch, project, query, cursor, signal),
    open: (remoteId, options) => openSentry(fetch, project, remoteId, options),
    deepLink(remoteId, atMs) {
      const name = readRemoteId(remoteId);
      return name && linkToReplay(project, name, atMs);
    },
    recognize: recognizeSentry,
  };
}
