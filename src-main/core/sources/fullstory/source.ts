import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { Completeness } from '../../../contract/completeness';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import { isWebPage } from '../read-json';
import { Moment } from '../read-moment';
import type {
  FetchPort,
  FetchReply,
  KeyVerdict,
  OpenOptions,
  OpenRecording,
  SessionPage,
  SessionQuery,
  Source,
} from '../source';
import { toTimelineParts } from '../timeline-lines';
import { readFullStoryEvents } from './timeline';

/** The platform's default is 20, and it offers no further pages. */
const sessionsAsked = 100;
const listLimitBytes = 4_000_000;
const shortLimitBytes = 64_000;
/** A day of events of a busy page is a few megabytes. */
const eventsLimitBytes = 128_000_000;

/** `device:session`, as in the platform's addresses. */
const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}:[A-Za-z0-9_-]{1,64}$/));
/** A 64-bit id, as text or as a number that was kept as text. */
const Id = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String));

const Me = v.object({
  email: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
  orgId: v.nullish(v.string()),
});
const Organization = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** All fields are optional (developer.fullstory.com/server/v1/sessions/list-sessions): an empty list or a zero may be left out. */
const Listed = v.object({
  userId: v.nullish(Id, ''),
  sessionId: v.nullish(Id, ''),
  createdTime: v.nullish(Moment),
});
type Listed = v.InferOutput<typeof Listed>;
const List = v.object({
  sessions: v.nullish(v.pipe(v.array(Listed), v.maxLength(1000)), []),
  pagination_token: v.nullish(v.pipe(v.string(), v.maxLength(4000))),
});
const Events = v.object({ events: v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(1_000_000)), []) });

export interface FullStoryOptions {
  /** The organization, as reported by `verify`; without it there are no deep links. */
  account?: string | undefined;
}

/** The prefix of a key names its data centre. */
export function fullStoryOrigin(key: string): string {
  return key.startsWith('eu1.') ? 'https://api.eu1.fullstory.com' : 'https://api.fullstory.com';
}

/** Returns the `authorization` header of a key: it follows `Basic` as it is, without base64. */
export function fullStoryAuthorization(key: string): string {
  return `Basic ${key}`;
}

/**
 * Lists sessions, reads their events as a timeline and links to FullStory's player. FullStory provides no recording to
 * replay.
 */
export function createFullStorySource(fetch: FetchPort, { account }: FullStoryOptions = {}): Source {
  let organization = account;
  return {
    capabilities: {
      isReplayable: false,
      search: ['email', 'uid', 'sessionId', 'from', 'to', 'filters'],
      isLive: false,
      hasDeepLink: true,
    },
    async verify(signal) {
      const reply = await fetch({ method: 'GET', path: '/me', signal });
      expectOk(reply, 'service');
      const me = checkShape(Me, await reply.json(shortLimitBytes));
      const named = v.is(Organization, me.orgId) ? me.orgId : undefined;
      organization = named ?? organization;
      return { ...judge(await canReadEvents(fetch, signal)), holder: me.email, ...(named && { account: named }) };
    },
    search: (query, cursor, signal) => search(fetch, query, cursor, signal),
    open: (remoteId, options) => open(fetch, remoteId, options),
    deepLink(remoteId) {
      if (organization === undefined || !v.is(SessionId, remoteId)) return undefined;
      const host = organization.endsWith('-eu1') ? 'app.eu1.fullstory.com' : 'app.fullstory.com';
      return `https://${host}/ui/${organization}/session/${remoteId}`;
    },
    recognize: (text) => (/^\d{3,20}:\d{3,20}$/.test(text) ? [{ by: 'sessionId', text }] : []),
  };
}

/**
 * Tests whether the key's level can read events. The role in `/me` is that of the key's creator, so this requests the
 * events of a session that can't exist: FullStory refuses a key without access before it looks for the session.
 */
async function canReadEvents(fetch: FetchPort, signal?: AbortSignal): Promise<boolean> {
  const reply = await askEvents(fetch, '0:0', signal);
  const isOwn = !isWebPage(reply.headers['content-type']);
  if ([200, 400, 404].includes(reply.status) || (isOwn && [401, 403].includes(reply.status))) {
    reply.discard();
    return reply.status !== 401 && reply.status !== 403;
  }
  return expectNothing(reply);
}

function expectNothing(reply: Parameters<typeof expectOk>[0]): never {
  expectOk(reply, 'service');
  throw new CasementError('bug');
}

/**
 * Requests the events of a session. FullStory documents the request for v2 (developer.fullstory.com/server/sessions/get-session-events) and as a
 * beta (…/server/beta/sessions/get-session-events), whose paths begin with v2beta. An account may have only one of the two.
 */
async function askEvents(fetch: FetchPort, remoteId: string, signal?: AbortSignal): Promise<FetchReply> {
  const path = (version: string): string => `/${version}/sessions/${encodeURIComponent(remoteId)}/events`;
  const reply = await fetch({ method: 'GET', path: path('v2'), signal });
  if (reply.status !== 404) return reply;
  reply.discard();
  return fetch({ method: 'GET', path: path('v2beta'), signal });
}

function judge(isReading: boolean): Omit<KeyVerdict, 'holder'> {
  const words = sourceWords.fullstory;
  if (!isReading) {
    return { scopes: [{ name: 'Standard', evidence: 'probed' }], overPrivileged: [], notice: words.standard };
  }
  const scope = words.architectOrAdmin;
  return {
    scopes: [{ name: scope, evidence: 'probed' }],
    overPrivileged: [{ scope, why: words.canDelete }],
    notice: words.noReadOnly,
  };
}

async function search(
  fetch: FetchPort,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { email, uid, sessionId, filters, from, to } = query;
  if (sessionId) return findSession(sessionId);
  // FullStory would return the sessions that match either, but all conditions must match.
  if (email && uid && !filters?.session_uid) return searchBoth(fetch, query, signal);
  const params = new URLSearchParams({ limit: String(sessionsAsked) });
  if (filters?.session_uid) params.set('session_uid', filters.session_uid);
  else if (uid) params.set('uid', uid);
  else if (email) params.set('email', email);
  else throw new CasementError('query-needed', { fields: sourceWords.fields.emailOrUid });
  if (cursor !== undefined) params.set('pagination_token', cursor);
  const reply = await fetch({ method: 'GET', path: `/sessions/v2?${params.toString()}`, signal });
  expectOk(reply, 'service');
  const { sessions, pagination_token } = checkShape(List, await readExactJson(reply, listLimitBytes));
  const next = pagination_token ? pagination_token : undefined;
  if (next !== undefined && next === cursor) throw new CasementError('remote-endless');
  const found = sessions.flatMap((listed) => toRemoteSession(listed, query));
  const oldest = Math.min(...sessions.map(({ createdTime }) => createdTime ?? Infinity));
  const isFull = next === undefined && sessions.length >= sessionsAsked && (from === undefined || oldest >= from);
  return {
    // A session without a time could be of any date.
    sessions: found.filter(({ startedAt: at }) => at === 0 || (at >= (from ?? 0) && at <= (to ?? Infinity))),
    cursor: next,
    // The newest come first and the request has no dates: if the list is full, older sessions may be missing.
    isTruncated: isFull || found.length < sessions.length,
  };
}

function toRemoteSession({ userId, sessionId, createdTime }: Listed, { email, uid }: SessionQuery): RemoteSession[] {
  const remoteId = sessionId.includes(':') ? sessionId : `${userId}:${sessionId}`;
  if (!v.is(SessionId, remoteId)) return [];
  return [{ remoteId, user: email || uid || '', startedAt: createdTime ?? 0, entryPage: '', browser: '' }];
}

/** Returns the newest sessions that have both the email and the user ID. */
async function searchBoth(fetch: FetchPort, query: SessionQuery, signal?: AbortSignal): Promise<SessionPage> {
  const byUid = await search(fetch, { ...query, email: undefined }, undefined, signal);
  const byEmail = await search(fetch, { ...query, uid: undefined }, undefined, signal);
  const known = new Set(byUid.sessions.map(({ remoteId }) => remoteId));
  const isCut = [byUid, byEmail].some(({ cursor, isTruncated }) => isTruncated || cursor !== undefined);
  return {
    sessions: byEmail.sessions.filter(({ remoteId }) => known.has(remoteId)),
    cursor: undefined,
    isTruncated: isCut,
  };
}

/** FullStory has no request for a single session but that for its events: its start is read from them. */
function findSession(remoteId: string): SessionPage {
  const session = { remoteId, user: '', startedAt: 0, entryPage: '', browser: '' };
  return { sessions: v.is(SessionId, remoteId) ? [session] : [], cursor: undefined, isTruncated: false };
}

function open(fetch: FetchPort, remoteId: string, { signal }: OpenOptions = {}): OpenRecording {
  let completeness: readonly Completeness[] = [];
  async function* parts(): OpenRecording['parts'] {
    if (!v.is(SessionId, remoteId)) throw new CasementError('remote-not-found');
    const reply = await askEvents(fetch, remoteId, signal);
    expectOk(reply, 'session');
    const { events } = checkShape(Events, await readExactJson(reply, eventsLimitBytes));
    const read = readFullStoryEvents(events);
    completeness = [{ unit: 'events', received: events.length - read.unread, expected: events.length }];
    yield* toTimelineParts(read.events);
  }
  return { parts: parts(), facts: () => ({ completeness, mutableUntil: undefined }) };
}
