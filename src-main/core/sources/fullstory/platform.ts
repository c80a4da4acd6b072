import { authorizationHeader, type Platform } from '../platform';
import { createFullStorySource, fullStoryAuthorization } from './source';

export const fullstory: Platform = {
  sign: authorizationHeader(fullStoryAuthorization),
  create: (fetch, { account }) => createFullStorySource(fetch, { account }),
};
