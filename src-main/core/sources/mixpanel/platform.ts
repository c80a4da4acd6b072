import { authorizationHeader, type Platform } from '../platform';
import { createMixpanelSource, mixpanelAuthorization } from './source';

export const mixpanel: Platform = {
  sign: authorizationHeader(mixpanelAuthorization),
  methods: ['GET', 'POST'],
  create: (fetch, { place, fetchPresigned, fileHosts }) =>
    createMixpanelSource(fetch, { project: place.project ?? '', fetchPresigned, ...(fileHosts && { fileHosts }) }),
};
