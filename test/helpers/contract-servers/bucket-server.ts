import { Readable } from 'node:stream';
import S3rver from '@20minutes/s3rver';
import { onTestFinished } from 'vitest';
import type { FetchPort } from '../../../src-main/core/sources/source';
import { s3 } from '../../../src-main/core/sources/s3/platform';
import { createBucketSigner, type BucketKey } from '../../../src-main/core/sources/s3/sign';
import { makeTempFolder } from '../temp-folder';
import { openTransport, testAuthority, testIdentity } from '../test-transport';
import { startHttpsServer, type HttpsServer } from '../tls-server';

/** The only key that this server knows. */
export const bucketKey: BucketKey = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * Starts a real S3-compatible server, which checks signatures, behind our TLS. It is closed after the test. It has two bugs, whose cases are
 * tested with handwritten replies: its continuation tokens need a cipher that OpenSSL 3 dropped, and it escapes `&` and `'` twice.
 */
export async function startBucketServer(buckets: readonly string[]): Promise<{
  server: HttpsServer;
  put: (bucket: string, key: string, bytes: Buffer, type?: string) => Promise<void>;
}> {
  const store = new S3rver({
    directory: await makeTempFolder(),
    silent: true,
    vhostBuckets: false,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  await store.configureBuckets();
  const server = await startHttpsServer(testIdentity, store.callback());
  onTestFinished(() => server.close());
  return { server, put: (bucket, key, bytes, type) => putObject(store, bucket, key, bytes, type) };
}

async function putObject(
  store: S3rver,
  bucket: string,
  key: string,
  bytes: Buffer,
  type = 'application/gzip',
): Promise<void> {
  await store.store.putObject({ bucket, key, content: Readable.from([bytes]), metadata: { 'content-type': type } });
}

/** Opens a real transport that signs each request. It is closed after the test. */
export function signedFetch(
  origin: string,
  key: BucketKey = bucketKey,
  region = 'us-east-1',
  nowMs = Date.now,
): FetchPort {
  return openTransport({
    origin,
    caPem: testAuthority.certPem,
    sign: createBucketSigner(key, region, nowMs),
    ...(s3.readsRedirects && { readsRedirects: s3.readsRedirects }),
  }).fetch;
}
