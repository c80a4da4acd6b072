import { CasementError } from '../../../contract/errors';
import type { Platform } from '../platform';
import { createBucketSigner, readBucketKey } from './sign';
import { createBucketSource } from './source';

/** The region that stores without regions expect in a signature. */
const defaultRegion = 'us-east-1';

export const s3: Platform = {
  sign(text, { region = defaultRegion }, nowMs) {
    const key = readBucketKey(text);
    if (!key) throw new CasementError('key-refused');
    return createBucketSigner(key, region, nowMs);
  },
  create: (fetch, { place }) => createBucketSource(fetch, place),
  passing: [500, 503],
  readsRedirects: true,
};
