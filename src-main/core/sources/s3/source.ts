import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { readText } from '../exact-json';
import type { FetchPort, KeyVerdict, Reading, Source } from '../source';
import { isAskable, pathOf, readKey, type Bucket } from './bucket';
import { readLayout } from './layout';
import { listBucket, type BucketFile } from './list';
import { openBucketFile } from './open';
import { searchBucket } from './search';
import { childrenNamed, parseXml } from './xml';

export interface BucketOptions {
  /** The bucket's name if it is the first part of the path; undefined if it is part of the host. */
  bucket?: string | undefined;
  /** Only files with this prefix are sessions; '' for all. */
  prefix?: string | undefined;
  /** The format of the rest of a name; see `readLayout`. */
  layout?: string | undefined;
}

/**
 * Reads recordings from a bucket of AWS, MinIO or any other S3-compatible store; each file is a session, or each group of files if the layout has
 * parts. The transport signs the requests. Throws `connection-address` for invalid options.
 */
export function createBucketSource(fetch: FetchPort, { bucket, prefix = '', layout }: BucketOptions): Source {
  const names = layout === undefined ? undefined : readLayout(layout);
  const isFine =
    (bucket === undefined || isBucketName(bucket)) &&
    (layout === undefined || names !== undefined) &&
    prefix.length <= 500 &&
    (prefix === '' || isAskable(`${prefix}x`));
  if (!isFine) throw new CasementError('connection-address');
  const bucketOf: Bucket = { fetch, root: bucket === undefined ? '/' : `/${bucket}`, prefix, names };
  const user = names?.hasUser === true ? (['email', 'uid'] as const) : [];
  return {
    capabilities: {
      isReplayable: true,
      search: [...user, 'sessionId', 'from', 'to', 'filters'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(bucketOf, bucket !== undefined, signal),
    search: (query, cursor, signal) => searchBucket(bucketOf, query, cursor, signal),
    open: (remoteId, options) => openBucketFile(bucketOf, remoteId, options),
    deepLink: () => undefined,
    recognize: (text) => readAddress(text, bucketOf, bucket),
  };
}

/**
 * Returns true for a name that AWS or Google allows: Google's may have underscores, and several parts of up to 63 characters with dots between
 * them (cloud.google.com/storage/docs/buckets#naming). Old buckets of AWS may have capitals.
 */
function isBucketName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{1,220}[A-Za-z0-9]$/.test(name) && name.split('.').every(isNamePart);
}

const isNamePart = (part: string): boolean => part.length >= 1 && part.length <= 63;

/** Reads an address of this bucket, such as `s3://bucket/key` or `https://bucket.s3.eu-central-1.amazonaws.com/key`. */
function readAddress(text: string, bucket: Bucket, name: string | undefined): Reading[] {
  const [, named, key = ''] = /^(?:s3|gs):\/\/([^/\s]+)\/(.+)$/s.exec(text) ?? readObjectUrl(text, name) ?? [];
  const isOwn = named !== undefined && (name === undefined || named === name) && key.startsWith(bucket.prefix);
  if (!isOwn) return [];
  // The address of a part means its recording.
  return [{ by: 'sessionId', text: readKey(bucket, key)?.session ?? key.slice(bucket.prefix.length) }];
}

/** Returns the bucket and the key in the address of an object, with the bucket in the host or in the path. */
function readObjectUrl(text: string, bucket: string | undefined): readonly string[] | undefined {
  const [, host = '', path = ''] = /^https:\/\/([^/?#\s]+)\/([^?#\s]+)/i.exec(text) ?? [];
  const isStore = /(?:^|\.)(?:s3[.-].*amazonaws\.com(?:\.cn)?|storage\.googleapis\.com)$/i.test(host);
  if (!isStore || bucket === undefined) return undefined;
  const isInHost = host.startsWith(`${bucket}.`);
  if (!isInHost && !path.startsWith(`${bucket}/`)) return undefined;
  try {
    return ['', bucket, decodeURIComponent(isInHost ? path : path.slice(bucket.length + 1))];
  } catch {
    return undefined;
  }
}

async function verify(bucket: Bucket, isPathStyle: boolean, signal?: AbortSignal): Promise<KeyVerdict> {
  const words = sourceWords.s3;
  const { files } = await listBucket(bucket.fetch, bucket.root, { prefix: bucket.prefix, limit: 10, signal });
  const scopes: KeyVerdict['scopes'] = [{ name: words.list, evidence: 'probed' }];
  const first = files.find(({ key, bytes }) => bytes > 0 && isAskable(key));
  const isReading = first === undefined ? undefined : await canRead(bucket, first, signal);
  if (isReading === true) scopes.push({ name: words.read, evidence: 'probed' });
  const overPrivileged: KeyVerdict['overPrivileged'] = [];
  if (isPathStyle && (await seesOtherBuckets(bucket.fetch, signal))) {
    scopes.push({ name: words.listBuckets, evidence: 'probed' });
    overPrivileged.push({ scope: words.listBuckets, why: words.seesOthers });
  }
  return { holder: '', scopes, overPrivileged, notice: isReading === false ? words.noRead : words.unknown };
}

async function canRead(bucket: Bucket, { key }: BucketFile, signal?: AbortSignal): Promise<boolean> {
  const headers = { range: 'bytes=0-0' };
  const reply = await bucket.fetch({ method: 'GET', path: pathOf(bucket, key), headers, accept: '*/*', signal });
  reply.discard();
  return reply.status === 200 || reply.status === 206;
}

/** Only reads. Testing write rights would change the bucket. */
async function seesOtherBuckets(fetch: FetchPort, signal?: AbortSignal): Promise<boolean> {
  const reply = await fetch({ method: 'GET', path: '/', accept: 'application/xml', signal });
  if (reply.status !== 200 || !/\bxml\b/i.test(reply.headers['content-type'] ?? '')) {
    reply.discard();
    return false;
  }
  const document = parseXml(await readText(reply, 4_000_000));
  return childrenNamed(childrenNamed(document, 'Buckets')[0], 'Bucket').length > 1;
}
