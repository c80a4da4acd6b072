import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, errorForStatus, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import { pathSegment } from '../path-segment';
import { Moment } from '../read-moment';
import type {
  FetchPort,
  FetchReply,
  FetchRequest,
  OpenOptions,
  OpenRecording,
  SessionPage,
  SessionQuery,
  Source,
} from '../source';
import { toTimelineParts } from '../timeline-lines';
import { readOpenReplayEvents } from './timeline';

const sessionsAsked = 100;
const eventsAsked = 200;
const pageLimitBytes = 16_000_000;
/** A longer session is truncated and marked as partial. */
const pagesLimit = 1000;
/** The API requires both ends of a range, and none before the year 2000. */
const firstMs = 946_684_800_000;
const lastMs = 4_102_444_800_000;

const Id = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String));
const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,200}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Sessions = v.object({
  data: v.object({
    total: v.optional(Count),
    sessions: v.pipe(
      v.array(v.object({ sessionId: Id, startTs: Moment, endTs: v.optional(Moment), eventsCount: v.optional(Count) })),
      v.maxLength(sessionsAsked),
    ),
  }),
});
const Events = v.object({
  data: v.object({ total: v.optional(Count), events: v.pipe(v.array(v.unknown()), v.maxLength(eventsAsked)) }),
});

export interface OpenReplayOptions {
  /** The project key from the preferences; not secret. */
  projectKey: string;
  /** The prefix of all paths; see `openReplayBasePath`. */
  basePath: string;
}

/** Returns the API's base path at an origin: the cloud's differs from that of self-hosted instances. */
export function openReplayBasePath(origin: string): string {
  return new URL(origin).host === 'api.openreplay.com' ? '/v2' : '/v2/api';
}

/**
 * Returns the `authorization` header of an organization's key. The transport must allow POST, which the list requests
 * use.
 */
export function openReplayAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/**
 * Lists a user's sessions and reads their events as a timeline. Throws `connection-address` for an invalid project key.
 */
export function createOpenReplaySource(fetch: FetchPort, { projectKey, basePath }: OpenReplayOptions): Source {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(projectKey) || !/^(\/[A-Za-z0-9_-]+)*$/.test(basePath)) {
    throw new CasementError('connection-address');
  }
  const project = `${basePath}/public/${projectKey}`;
  const ask: Ask = (path, body, signal) =>
    fetch({ method: 'POST', path: `${project}${path}`, body: JSON.stringify(body), signal });
  return {
    capabilities: { isReplayable: false, search: ['email', 'uid', 'from', 'to'], isLive: false, hasDeepLink: false },
    async verify(signal) {
      // No request describes the key, so this lists the sessions of a user who can't exist.
      const body = { startTimestamp: firstMs, endTimestamp: lastMs, limit: 1, page: 1 };
      const reply = await ask('/users/casement-key-check/sessions', body, signal);
      expectOk(reply, 'service');
      checkShape(Sessions, await readExactJson(reply, pageLimitBytes));
      const words = sourceWords.openreplay;
      return {
        holder: '',
        scopes: [{ name: words.organizationKey, evidence: 'probed' }],
        overPrivileged: [{ scope: words.organizationKey, why: words.canDelete }],
        notice: words.timelineOnly,
      };
    },
    search: (query, cursor, signal) => search(ask, query, cursor, signal),
    open: (remoteId, options) => open(ask, remoteId, options),
    deepLink: () => undefined,
  };
}

type Ask = (path: string, body: object, signal: FetchRequest['signal']) => Promise<FetchReply>;

async function search(
  ask: Ask,
  { email, uid, from, to }: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  // OpenReplay has one id per user, set by the company's tracker: often the email address.
  const user = uid || email;
  if (!user) throw new CasementError('query-needed', { fields: sourceWords.fields.emailOrUid });
  const startTimestamp = Math.max(from ?? firstMs, firstMs);
  const endTimestamp = Math.min(to ?? lastMs, lastMs);
  if ((uid && email && uid !== email) || user.length > 256 || endTimestamp <= startTimestamp) return nothing;

  const { page, firstId } = readCursor(cursor);
  const body = { startTimestamp, endTimestamp, limit: sessionsAsked, page, sortOrder: 'desc' };
  const reply = await ask(`/users/${pathSegment(user)}/sessions`, body, signal);
  if (reply.status === 404) {
    reply.discard();
    return nothing;
  }
  expectOk(reply, 'service');
  const { total, sessions } = checkShape(Sessions, await readExactJson(reply, pageLimitBytes)).data;
  const first = sessions[0]?.sessionId;
  if (first !== undefined && first === firstId) throw endless();
  const hasMore = total === undefined ? sessions.length === sessionsAsked : page * sessionsAsked < total;
  const next = hasMore && first !== undefined ? `${page + 1} ${first}` : undefined;
  const fitting = sessions.filter(({ sessionId }) => v.is(SessionId, sessionId));
  return {
    sessions: fitting.map(({ sessionId, startTs, endTs, eventsCount }) => ({
      remoteId: sessionId,
      user,
      startedAt: startTs,
      ...(endTs !== undefined && { durationMs: Math.max(0, endTs - startTs) }),
      ...(eventsCount !== undefined && { eventCount: eventsCount }),
      entryPage: '',
      browser: '',
    })),
    cursor: next !== undefined && page < pagesLimit ? next : undefined,
    isTruncated: fitting.length < sessions.length || (next !== undefined && page >= pagesLimit),
  };
}

const nothing: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };
const endless = (): CasementError => new CasementError('remote-endless');

/**
 * Parses a cursor: a page's number and the first id of the page before, to detect a server that ignores paging and
 * repeats a page.
 */
function readCursor(cursor: string | undefined): { page: number; firstId: string | undefined } {
  if (cursor === undefined) return { page: 1, firstId: undefined };
  const match = /^(\d{1,6}) (.{1,200})$/.exec(cursor);
  if (!match) throw new CasementError('remote-not-found');
  return { page: Number(match[1]), firstId: match[2] };
}

function open(ask: Ask, remoteId: string, { resume, signal }: OpenOptions = {}): OpenRecording {
  const count = { received: 0, expected: 0 };
  async function* parts(): OpenRecording['parts'] {
    // The page, and the number of events received before it.
    const [, firstPage, receivedBefore] = /^(\d{1,6}):(\d{1,9})$/.exec(resume ?? '1:0') ?? [];
    if (!v.is(SessionId, remoteId) || firstPage === undefined) throw new CasementError('remote-not-found');
    count.received = Number(receivedBefore);
    let before: string | undefined;
    for (let page = Math.max(1, Number(firstPage)); ; page++) {
      const body = { startTimestamp: firstMs, endTimestamp: lastMs, limit: eventsAsked, page, sortOrder: 'asc' };
      const reply = await ask(`/sessions/${remoteId}/events`, body, signal);
      if (reply.status !== 200) {
        reply.discard();
        throw errorForStatus(reply, 'session');
      }
      const { total, events } = checkShape(Events, await readExactJson(reply, pageLimitBytes)).data;
      const first = JSON.stringify(events[0]);
      if (first !== undefined && first === before) throw endless();
      before = first;
      const read = readOpenReplayEvents(events);
      const isLast = events.length < eventsAsked || (total !== undefined && page * eventsAsked >= total);
      const done = (page - 1) * eventsAsked + events.length;
      count.received += events.length - read.unread;
      count.expected = Math.max(total ?? 0, done);
      for (const part of toTimelineParts(read.events)) {
        const next = isLast ? undefined : `${page + 1}:${count.received}`;
        yield { ...part, resume: next, progress: { done, total: count.expected } };
      }
      if (isLast) return;
      if (page < pagesLimit) continue;
      count.expected = Math.max(count.expected, done + 1);
      return;
    }
  }
  return { parts: parts(), facts: () => ({ completeness: [{ unit: 'events', ...count }], mutableUntil: undefined }) };
}
