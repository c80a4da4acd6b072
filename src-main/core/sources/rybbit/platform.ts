import { authorizationHeader, type Platform } from '../platform';
import { createRybbitSource, rybbitAuthorization } from './source';

export const rybbit: Platform = {
  sign: authorizationHeader(rybbitAuthorization),
  create: (fetch, { place }) => createRybbitSource(fetch, { siteId: place.website ?? '' }),
};
