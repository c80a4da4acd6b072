import type { RemoteSession } from '../../../contract/session';
import { CursorTrail } from '../cursor-trail';
import type { SessionPage, SessionQuery } from '../source';
import { isAskable, isSessionId, readKey, type Bucket } from './bucket';
import { listBucket, type BucketFile } from './list';

const sessionsInPage = 200;
/** The most that S3 returns at once. */
const partsAsked = 1000;
/** The most pages that one search reads if S3 can't filter. */
const pagesInOneGo = 10;

/** S3 lists files by name, so a search asks for the longest prefix that the query determines, and compares the rest itself. */
export async function searchBucket(
  bucket: Bucket,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const hasParts = bucket.names?.hasParts === true;
  const limit = hasParts ? partsAsked : sessionsInPage;
  const prefix = `${bucket.prefix}${prefixFor(bucket, query)}`;
  // S3's token, and the last session of the page before: more of its parts may follow.
  const [token, before] = cursor === undefined ? [] : cursor.split('\n', 2);
  const sessions = new Map<string, RemoteSession>();
  // Also detects tokens that repeat in a longer cycle.
  const trail = new CursorTrail();
  trail.note(token);
  let isTruncated = false;
  let last = before;
  let next = token;
  for (let page = 0; page < pagesInOneGo; page++) {
    const list = await listBucket(bucket.fetch, bucket.root, { prefix, limit, cursor: next, signal });
    if (list.unread > 0) isTruncated = true;
    for (const file of list.files) {
      if (file.bytes === 0 || file.key.endsWith('/')) continue;
      const read = readSession(bucket, file);
      if (read === undefined) isTruncated = true;
      if (read === undefined || read === 'other') continue;
      last = read.session.remoteId;
      if (last !== before && isWanted(read, query, bucket)) addEarliest(sessions, read.session);
    }
    next = list.next;
    if (next === undefined || sessions.size >= sessionsInPage) break;
    trail.note(next);
  }
  const isInRange = ({ startedAt }: RemoteSession): boolean =>
    startedAt >= (query.from ?? 0) && startedAt <= (query.to ?? Infinity);
  return {
    // S3 orders by name. Within a page, the newest comes first as in other sources.
    sessions: [...sessions.values()].filter(isInRange).sort((one, other) => other.startedAt - one.startedAt),
    cursor: next === undefined ? undefined : `${next}${hasParts && last !== undefined ? `\n${last}` : ''}`,
    isTruncated,
  };
}

function prefixFor({ names }: Bucket, { uid, email, sessionId, filters }: SessionQuery): string {
  const user = uid || email;
  if (user && names?.hasUser === true) return names.prefixFor(user);
  if (sessionId) {
    // An id as in the layout, or the name that the list shows.
    const isName = names === undefined || sessionId.includes('/') || (!names.hasParts && names.read(sessionId));
    if (!isName) return names.prefixForId(sessionId);
    return names?.hasParts === true ? names.partsPrefix(sessionId) : sessionId;
  }
  return filters?.prefix ?? '';
}

interface ReadSession {
  session: RemoteSession;
  id: string;
}

/** Returns 'other' for a name that doesn't match the layout, undefined for one that can't be requested. */
function readSession(bucket: Bucket, { key, modifiedAt }: BucketFile): ReadSession | 'other' | undefined {
  const read = readKey(bucket, key);
  if (read === undefined) return 'other';
  if (!isSessionId(read.session) || !isAskable(key)) return undefined;
  const { user, id } = read;
  return { id, session: { remoteId: read.session, user, startedAt: modifiedAt, entryPage: '', browser: '' } };
}

function isWanted({ session, id }: ReadSession, { uid, email, sessionId }: SessionQuery, { names }: Bucket): boolean {
  if (sessionId && sessionId !== session.remoteId && sessionId !== id) return false;
  if (names?.hasUser !== true) return true;
  return [uid, email].every((wanted) => !wanted || wanted === session.user);
}

/** A recording of several files began when the first of them was written. */
function addEarliest(sessions: Map<string, RemoteSession>, session: RemoteSession): void {
  const known = sessions.get(session.remoteId);
  if (!known || session.startedAt < known.startedAt) sessions.set(session.remoteId, session);
}
