import { AwsV4Signer } from 'aws4fetch';
import type { RequestSigner } from '../fetch-port';

/** A bucket's key has two parts, and a session token if it is temporary. */
export interface BucketKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The SHA-256 of an empty body. */
const noBody = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };

/**
 * Returns a signer for requests to a bucket (AWS Signature Version 4). The transport calls it for each attempt, because
 * signatures expire within minutes. The result includes `authorization`.
 */
export function createBucketSigner(key: BucketKey, region: string, nowMs: () => number): RequestSigner {
  return async ({ method, url }) => {
    const datetime = new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, '');
    const signer = new AwsV4Signer({ ...key, method, url, region, service: 's3', datetime, headers: noBody });
    const { headers } = await signer.sign();
    return Object.fromEntries(headers);
  };
}

/**
 * Parses the secret as stored in the keychain: `id:secret` or `id:secret:token`. Returns undefined if it is invalid.
 */
export function readBucketKey(text: string): BucketKey | undefined {
  const match = /^([A-Za-z0-9_-]{1,128}):([^:\s]{1,256})(?::(\S{1,4096}))?$/.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  return { accessKeyId: match[1], secretAccessKey: match[2], ...(match[3] && { sessionToken: match[3] }) };
}
