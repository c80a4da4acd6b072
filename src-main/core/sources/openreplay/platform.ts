import { authorizationHeader, type Platform } from '../platform';
import { createOpenReplaySource, openReplayAuthorization, openReplayBasePath } from './source';

export const openreplay: Platform = {
  sign: authorizationHeader(openReplayAuthorization),
  create: (fetch, { origin, place }) =>
    createOpenReplaySource(fetch, { projectKey: place.projectKey ?? '', basePath: openReplayBasePath(origin) }),
  methods: ['GET', 'POST'],
};
