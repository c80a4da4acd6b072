import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { CursorTrail } from '../cursor-trail';
import { readText } from '../exact-json';
import { isPathSegment, pathSegment } from '../path-segment';
import type { FetchPort, KeyVerdict, OpenRecording, SessionPage, SessionQuery, Source } from '../source';
import { expectRecording, readWholeFile } from '../whole-file';
import { expectBucketStatus } from './errors';
import { readLayout, type BucketLayout } from './layout';
import { listBucket, type BucketFile } from './list';
import { childrenNamed, parseXml } from './xml';

const filesAsked = 200;
/** The most pages that one search reads if S3 can't filter. */
const pagesInOneGo = 10;
/** The longest session id that the contract allows. */
const idLengthLimit = 200;

export interface BucketOptions {
  /** The bucket's name if it is the first part of the path; undefined if it is part of the host. */
  bucket?: string | undefined;
  /** Only files with this prefix are sessions; '' for all. */
  prefix?: string | undefined;
  /** The format of the rest of a name; see `readLayout`. */
  layout?: string | undefined;
}

/**
 * Reads recordings from a bucket of AWS, MinIO or any other S3-compatible store; each file is a session. The transport
 * signs the requests. Throws `connection-address` for invalid options.
 */
export function createBucketSource(fetch: FetchPort, { bucket, prefix = '', layout }: BucketOptions): Source {
  const names = layout === undefined ? undefined : readLayout(layout);
  const isFine =
    (bucket === undefined || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) &&
    (layout === undefined || names !== undefined) &&
    prefix.length <= 500 &&
    (prefix === '' || isAskable(`${prefix}x`));
  if (!isFine) throw new CasementError('connection-address');
  const bucketOf: Bucket = { fetch, root: bucket === undefined ? '/' : `/${bucket}`, prefix, names };
  return {
    capabilities: {
      isReplayable: true,
      search: names?.hasUser === true ? ['email', 'uid', 'from', 'to', 'filters'] : ['from', 'to', 'filters'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(bucketOf, bucket !== undefined, signal),
    search: (query, cursor, signal) => search(bucketOf, query, cursor, signal),
    open: (remoteId, { resume, signal } = {}) => open(bucketOf, remoteId, resume, signal),
    deepLink: () => undefined,
  };
}

interface Bucket {
  fetch: FetchPort;
  root: string;
  prefix: string;
  names: BucketLayout | undefined;
}

/** Returns true for a name that is safe in a path: no leading slash, no dot segments. */
const isAskable = (key: string): boolean => !key.startsWith('/') && key.split('/').every(isPathSegment);
const pathOf = ({ root }: Bucket, key: string): string =>
  `${root === '/' ? '' : root}/${key.split('/').map(pathSegment).join('/')}`;

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

async function search(
  bucket: Bucket,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const user = query.uid || query.email;
  const named = user && bucket.names?.hasUser === true ? bucket.names.prefixFor(user) : '';
  const below = `${bucket.prefix}${named}${named === '' ? (query.filters?.prefix ?? '') : ''}`;
  const sessions: RemoteSession[] = [];
  // Also detects tokens that repeat in a longer cycle.
  const trail = new CursorTrail();
  trail.note(cursor);
  let isTruncated = false;
  let next = cursor;
  for (let page = 0; page < pagesInOneGo; page++) {
    const list = await listBucket(bucket.fetch, bucket.root, {
      prefix: below,
      limit: filesAsked,
      cursor: next,
      signal,
    });
    if (list.unread > 0) isTruncated = true;
    for (const file of list.files) {
      if (file.bytes === 0 || file.key.endsWith('/')) continue;
      const session = toSession(bucket, file);
      if (session === undefined) isTruncated = true;
      else if (session !== 'other' && fits(session, query, bucket)) sessions.push(session);
    }
    next = list.next;
    if (next === undefined || sessions.length >= filesAsked) break;
    trail.note(next);
  }
  // S3 orders by name. Within a page, the newest comes first as in other sources.
  return { sessions: sessions.sort((one, other) => other.startedAt - one.startedAt), cursor: next, isTruncated };
}

/** Returns 'other' for a name that doesn't match the layout, undefined for one that can't be requested. */
function toSession({ prefix, names }: Bucket, { key, modifiedAt }: BucketFile): RemoteSession | 'other' | undefined {
  if (!key.startsWith(prefix)) return 'other';
  const remoteId = key.slice(prefix.length);
  const read = names ? names.read(remoteId) : { user: '' };
  if (read === undefined) return 'other';
  if (remoteId === '' || remoteId.length > idLengthLimit || !isAskable(key)) return undefined;
  return { remoteId, user: read.user, startedAt: modifiedAt, entryPage: '', browser: '' };
}

function fits({ user, startedAt }: RemoteSession, query: SessionQuery, { names }: Bucket): boolean {
  if (startedAt < (query.from ?? 0) || startedAt > (query.to ?? Infinity)) return false;
  if (names?.hasUser !== true) return true;
  return [query.uid, query.email].every((wanted) => !wanted || wanted === user);
}

function open(bucket: Bucket, remoteId: string, continuation?: string, signal?: AbortSignal): OpenRecording {
  async function* parts(): OpenRecording['parts'] {
    const key = `${bucket.prefix}${remoteId}`;
    if (remoteId === '' || remoteId.length > idLengthLimit || !isAskable(key))
      throw new CasementError('remote-not-found');
    yield* readWholeFile(async (headers) => {
      const reply = await bucket.fetch({ method: 'GET', path: pathOf(bucket, key), headers, accept: '*/*', signal });
      await expectBucketStatus(reply, [200, 206, 412, 416]);
      if (reply.status < 300) expectRecording(reply);
      return reply;
    }, continuation);
  }
  return { parts: parts(), facts: () => ({ completeness: [], mutableUntil: undefined }) };
}
