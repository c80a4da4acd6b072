import type { RequestSigner } from './fetch-port';

/** For platforms that want their key in one header, the same with each request. */
export const authorize =
  (authorization: string): RequestSigner =>
  () =>
    Promise.resolve({ authorization });
