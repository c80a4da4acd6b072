import { authorizationHeader, type Platform } from '../platform';
import { otherAmplitudeOrigins, readAmplitudeLink } from './address';
import { amplitudeAuthorization, createAmplitudeSource } from './source';

export const amplitude: Platform = {
  sign: authorizationHeader(amplitudeAuthorization),
  create: (fetch, { fetchPresigned, fileHosts }) =>
    createAmplitudeSource(fetch, { fetchPresigned, ...(fileHosts && { fileHosts }) }),
  otherOrigins: otherAmplitudeOrigins,
  readLink: readAmplitudeLink,
};
