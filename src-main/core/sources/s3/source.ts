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
/** So many pages are looked through for one answer when what is looked for can't be asked for. */
const pagesInOneGo = 10;
/** What the contract takes for a session's id. */
const longestId = 200;

export interface BucketOptions {
  /** The bucket's name where it is the first part of the path; left out where it is part of the host. */
  bucket?: string | undefined;
  /** Only files whose names begin so are sessions; '' for all. */
  prefix?: string | undefined;
  /** How the rest of a name is made up; see `readLayout`. */
  layout?: string | undefined;
}

/**
 * Recordings as files in a bucket of AWS, MinIO or any other S3-compatible store; each file is a session. The transport signs.
 * Throws `connection-address` for options that can't be used.
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

/** Names that a path can say as they are: no empty first part, no steps up or down. */
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

/** Reads, and changes nothing: what a key may write can't be found out so. */
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
  // Tokens that go round in a circle differ from the one before.
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
  // A bucket lists by name; within a page the newest is first, as everywhere else.
  return { sessions: sessions.sort((one, other) => other.startedAt - one.startedAt), cursor: next, isTruncated };
}

/** 'other' for a file that doesn't fit the layout; undefined for one whose name can't be asked for. */
function toSession({ prefix, names }: Bucket, { key, modifiedAt }: BucketFile): RemoteSession | 'other' | undefined {
  if (!key.startsWith(prefix)) return 'other';
  const remoteId = key.slice(prefix.length);
  const read = names ? names.read(remoteId) : { user: '' };
  if (read === undefined) return 'other';
  if (remoteId === '' || remoteId.length > longestId || !isAskable(key)) return undefined;
  return { remoteId, user: read.user, startedAt: modifiedAt, entryPage: '', browser: '' };
}

function fits({ user, startedAt }: RemoteSession, query: SessionQuery, { names }: Bucket): boolean {
  if (startedAt < (query.from ?? 0) || startedAt > (query.to ?? Infinity)) return false;
  if (names?.hasUser !== true) return true;
  return [query.uid, query.email].every((asked) => !asked || asked === user);
}

function open(bucket: Bucket, remoteId: string, continuation?: string, signal?: AbortSignal): OpenRecording {
  async function* parts(): OpenRecording['parts'] {
    const key = `${bucket.prefix}${remoteId}`;
    if (remoteId === '' || remoteId.length > longestId || !isAskable(key)) throw new CasementError('remote-not-found');
    yield* readWholeFile(async (headers) => {
      const reply = await bucket.fetch({ method: 'GET', path: pathOf(bucket, key), headers, accept: '*/*', signal });
      await expectBucketStatus(reply, [200, 206, 412, 416]);
      if (reply.status < 300) expectRecording(reply);
      return reply;
    }, continuation);
  }
  return { parts: parts(), facts: () => ({ isPartial: false, mutableUntil: undefined }) };
}
