import { authorizationHeader, type Platform } from '../platform';
import type { PlatformLink } from '../source';
import { logInToUmami } from './log-in';
import { createUmamiSource, umamiAuthorization } from './source';

export const umami: Platform = {
  sign: authorizationHeader(umamiAuthorization),
  create: (fetch, { place }) => createUmamiSource(fetch, { websiteId: place.website ?? '' }),
  readLink,
  logIn: logInToUmami,
};

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** umami-software/umami c0ea3aef, src/app/(main)/websites/[websiteId]: replays and sessions, also under a team. */
const pagePath = new RegExp(`/websites/(${uuid})/(?:replays|sessions)(?:/(${uuid}))?/?$`, 'i');

/** Reads a link to a replay or to a session; the latter may be in the query. */
function readLink(url: URL): PlatformLink | undefined {
  const [, website, inPath] = pagePath.exec(url.pathname) ?? [];
  const id = inPath ?? new RegExp(`^${uuid}$`, 'i').exec(url.searchParams.get('session') ?? '')?.[0];
  if (website === undefined || id === undefined) return undefined;
  return { origins: [url.origin], place: { website }, reading: { by: 'sessionId', text: id } };
}
