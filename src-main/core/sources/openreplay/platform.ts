import { authorizationHeader, type Platform } from '../platform';
import type { PlatformLink } from '../source';
import { createOpenReplaySource, openReplayAuthorization, openReplayBasePath } from './source';

export const openreplay: Platform = {
  sign: authorizationHeader(openReplayAuthorization),
  create: (fetch, { origin, place }) =>
    createOpenReplaySource(fetch, { projectKey: place.projectKey ?? '', basePath: openReplayBasePath(origin) }),
  methods: ['GET', 'POST'],
  readLink,
};

/**
 * Reads the address of the player (openreplay/openreplay dbb68105, frontend/app/routes.ts). It has the project's number, which differs from its
 * key.
 */
function readLink(url: URL): PlatformLink | undefined {
  const sessionId = /^\/\d{1,10}\/session\/(\d{5,20})\/?$/.exec(url.pathname)?.[1];
  if (sessionId === undefined) return undefined;
  const origin = url.host === 'app.openreplay.com' ? 'https://api.openreplay.com' : url.origin;
  return { origins: [origin], place: {}, reading: { by: 'sessionId', text: sessionId } };
}
