import { authorizationHeader, type Platform } from '../platform';
import { createHttpsFilesSource, filesAuthorization } from './source';

const signWithKey = authorizationHeader(filesAuthorization);

export const httpsFiles: Platform = {
  sign: (key, place, nowMs) => (key === '' ? () => Promise.resolve({}) : signWithKey(key, place, nowMs)),
  create: (fetch, { origin, place }) => createHttpsFilesSource(fetch, { origin, ...place }),
};
