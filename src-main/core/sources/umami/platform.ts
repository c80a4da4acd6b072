import { authorizationHeader, type Platform } from '../platform';
import { createUmamiSource, umamiAuthorization } from './source';

export const umami: Platform = {
  sign: authorizationHeader(umamiAuthorization),
  create: (fetch, { place }) => createUmamiSource(fetch, { websiteId: place.website ?? '' }),
};
