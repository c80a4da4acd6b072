import type { RequestSigner } from './fetch-port';

/** Returns a signer for platforms that expect the same `authorization` header with each request. */
export const authorize =
  (authorization: string): RequestSigner =>
  () =>
    Promise.resolve({ authorization });
