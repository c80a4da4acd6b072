import { authorizationHeader, type Platform } from '../platform';
import type { PlatformLink } from '../source';
import { createFullStorySource, fullStoryAuthorization } from './source';

export const fullstory: Platform = {
  sign: authorizationHeader(fullStoryAuthorization),
  create: (fetch, { account }) => createFullStorySource(fetch, { account }),
  readLink,
};

/**
 * Reads the address of the player: `/ui/ORG/session/DEVICE:SESSION`, in lists of sessions with `discover`, in the interface with
 * `client-session`; a moment may follow the session.
 */
function readLink(url: URL): PlatformLink | undefined {
  const host = /^(?:app|www)\.(eu1\.)?fullstory\.com$/.exec(url.host);
  const path = url.pathname.replaceAll(/%3A/gi, ':');
  const [, id] =
    /^\/ui\/[\w-]+\/(?:discover\/)?(?:client-)?session\/([\w-]{1,64}:[\w-]{1,64})(?:[:!/].*)?$/.exec(path) ?? [];
  if (!host || id === undefined) return undefined;
  const origin = host[1] === undefined ? 'https://api.fullstory.com' : 'https://api.eu1.fullstory.com';
  return { origins: [origin], place: {}, reading: { by: 'sessionId', text: id } };
}
