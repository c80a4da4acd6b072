import { AwsV4Signer } from 'aws4fetch';
import type { RequestSigner } from '../fetch-port';

/** A key of a bucket has two halves, and a third one where it lives for hours only. */
export interface BucketKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The SHA-256 of nothing. */
const noBody = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };

/**
 * Signs requests to a bucket (AWS Signature Version 4), for the transport, which calls it anew for each attempt: a signature lives
 * for minutes. Gives the headers to send, `authorization` among them.
 */
export function createBucketSigner(key: BucketKey, region: string, nowMs: () => number): RequestSigner {
  return async ({ method, url }) => {
    const datetime = new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, '');
    const signer = new AwsV4Signer({ ...key, method, url, region, service: 's3', datetime, headers: noBody });
    const { headers } = await signer.sign();
    return Object.fromEntries(headers);
  };
}

/** The secret as one text, as it is kept in the keychain: `id:secret`, or `id:secret:token`. Undefined for what is none. */
export function readBucketKey(text: string): BucketKey | undefined {
  const match = /^([A-Za-z0-9_-]{1,128}):([^:\s]{1,256})(?::(\S{1,4096}))?$/.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  return { accessKeyId: match[1], secretAccessKey: match[2], ...(match[3] && { sessionToken: match[3] }) };
}
