import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { isRecord } from '../../recording/json';
import { checkShape, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import { pathSegment } from '../path-segment';
import { readMoment } from '../read-moment';
import type { SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import { askEvents } from './open';
import { Count, firstMs, lastMs, pagesLimit, replyLimitBytes, SessionId, Sessions, type Ask } from './protocol';
import { unescapeHtml } from './unescape-html';

const sessionsAsked = 100;
const usersAsked = 200;
const idLengthLimit = 256;
/** The longest text that a search for users accepts. */
const searchLengthLimit = 100;

const Users = v.object({
  data: v.object({ total: v.nullish(Count), users: v.nullish(v.array(v.unknown()), []) }),
});

const nothing: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };

/** Throws `query-needed` without a user or a session: OpenReplay can't list the sessions of all users. */
export async function searchOpenReplay(
  ask: Ask,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { email, uid, sessionId, from, to } = query;
  if (sessionId) return findSession(ask, query, sessionId, signal);
  if (!uid && !email) throw new CasementError('query-needed', { fields: sourceWords.fields.emailOrUid });
  if (Math.min(to ?? lastMs, lastMs) <= Math.max(from ?? firstMs, firstMs)) return nothing;
  const at = readCursor(cursor);
  const { ids, isCut } = await findUsers(ask, query, signal);
  const user = ids[at.user];
  if (user === undefined) return nothing;
  const page = await listSessions(ask, { user, page: at.page, firstId: at.firstId }, query, signal);
  const hasMoreUsers = at.user + 1 < ids.length;
  const next = page.next === undefined ? undefined : `${at.user} ${page.next}`;
  return {
    sessions: page.sessions,
    cursor: next ?? (hasMoreUsers ? `${at.user + 1} 1 ` : undefined),
    isTruncated: page.isCut || isCut,
  };
}

interface ListPosition {
  user: string;
  page: number;
  firstId: string;
}

async function listSessions(
  ask: Ask,
  { user, page, firstId }: ListPosition,
  query: SessionQuery,
  signal?: AbortSignal,
): Promise<{ sessions: RemoteSession[]; next: string | undefined; isCut: boolean }> {
  if (user.length > idLengthLimit) return { sessions: [], next: undefined, isCut: false };
  const startTimestamp = Math.max(query.from ?? firstMs, firstMs);
  const endTimestamp = Math.min(query.to ?? lastMs, lastMs);
  const body = { startTimestamp, endTimestamp, limit: sessionsAsked, page, sortOrder: 'desc' };
  const reply = await ask(`/users/${pathSegment(user)}/sessions`, body, signal);
  if (reply.status === 404) {
    reply.discard();
    return { sessions: [], next: undefined, isCut: false };
  }
  expectOk(reply, 'service');
  const { total, sessions } = checkShape(Sessions, await readExactJson(reply, replyLimitBytes)).data;
  const first = sessions[0]?.sessionId;
  if (first !== undefined && first === firstId) throw new CasementError('remote-endless');
  const hasMore = typeof total !== 'number' ? sessions.length === sessionsAsked : page * sessionsAsked < total;
  const isLastPage = page >= pagesLimit;
  const listable = sessions.filter((session) => v.is(SessionId, session.sessionId));
  return {
    sessions: listable
      .map(({ sessionId, startTs, endTs, eventsCount }) => ({
        remoteId: sessionId,
        user,
        startedAt: startTs,
        ...(typeof endTs === 'number' && { durationMs: Math.max(0, endTs - startTs) }),
        ...(typeof eventsCount === 'number' && { eventCount: eventsCount }),
        entryPage: '',
        browser: '',
      }))
      .filter((session) => hasLength(session, query)),
    next: hasMore && first !== undefined && !isLastPage ? `${page + 1} ${first}` : undefined,
    isCut: listable.length < sessions.length || (hasMore && isLastPage),
  };
}

function hasLength({ durationMs }: RemoteSession, { minDurationMs, maxDurationMs }: SessionQuery): boolean {
  if (durationMs === undefined) return true;
  return durationMs >= (minDurationMs ?? 0) && durationMs <= (maxDurationMs ?? Infinity);
}

/**
 * Parses a cursor: the number of the user, a page's number, and the first id of the page before, to detect a server that ignores paging and
 * repeats a page.
 */
function readCursor(cursor: string | undefined): { user: number; page: number; firstId: string } {
  if (cursor === undefined) return { user: 0, page: 1, firstId: '' };
  const match = /^(\d{1,3}) (\d{1,6}) (.{0,200})$/.exec(cursor);
  if (!match) throw new CasementError('remote-not-found');
  return { user: Number(match[1]), page: Number(match[2]), firstId: match[3] ?? '' };
}

/**
 * Returns the ids of the users that the query means. The company's tracker sets a user's id, often to the email address. Other users have
 * theirs in a field of their own, which a search finds in any letter case, as a part of any field: only the same address counts.
 */
async function findUsers(
  ask: Ask,
  { email, uid }: SessionQuery,
  signal?: AbortSignal,
): Promise<{ ids: readonly string[]; isCut: boolean }> {
  if (!email) return { ids: uid ? [uid] : [], isCut: false };
  const found = await searchUsers(ask, email, signal);
  const ids = [...new Set([email, ...found.ids])];
  return { ids: uid ? ids.filter((id) => id === uid) : ids, isCut: found.isCut };
}

async function searchUsers(
  ask: Ask,
  email: string,
  signal?: AbortSignal,
): Promise<{ ids: readonly string[]; isCut: boolean }> {
  if (email.length > searchLengthLimit) return { ids: [], isCut: false };
  const reply = await ask('/users', { query: email, limit: usersAsked, page: 1 }, signal);
  if (![200, 401, 403, 429].includes(reply.status)) {
    // Without this search, or if it fails, the address can still be a user's id.
    reply.discard();
    return { ids: [], isCut: reply.status >= 500 };
  }
  expectOk(reply, 'service');
  const { total, users } = checkShape(Users, await readExactJson(reply, replyLimitBytes)).data;
  const wanted = email.toLowerCase();
  const ids = users.flatMap((entry) => {
    const user = unescapeHtml(entry);
    if (!isRecord(user) || typeof user.$user_id !== 'string' || user.$user_id === '') return [];
    const names = [user.$user_id, user.$email];
    return names.some((name) => typeof name === 'string' && name.toLowerCase() === wanted) ? [user.$user_id] : [];
  });
  return { ids: ids.slice(0, usersAsked), isCut: (total ?? 0) > users.length };
}

/** Returns a session by its first and last event: OpenReplay's API has no request for a single session. */
async function findSession(
  ask: Ask,
  query: SessionQuery,
  sessionId: string,
  signal?: AbortSignal,
): Promise<SessionPage> {
  // OpenReplay answers 500 for anything but a 64-bit number.
  if (!/^\d{1,20}$/.test(sessionId)) return nothing;
  const columns = ['$user_id', '$browser', '$current_url'];
  const one = { limit: 1, page: 1, columns };
  const first = await askEvents(ask, sessionId, { ...one, sortOrder: 'asc' }, signal);
  const event = unescapeHtml(first.events[0]);
  const startedAt = isRecord(event) ? readMoment(event.created_at) : undefined;
  if (!isRecord(event) || startedAt === undefined) return nothing;
  const { events: last } = await askEvents(ask, sessionId, { ...one, sortOrder: 'desc' }, signal);
  const endedAt = isRecord(last[0]) ? readMoment(last[0].created_at) : undefined;
  const text = (name: string): string => (typeof event[name] === 'string' ? event[name] : '');
  const session: RemoteSession = {
    remoteId: sessionId,
    user: text('$user_id'),
    startedAt,
    ...(endedAt !== undefined && { durationMs: Math.max(0, endedAt - startedAt) }),
    ...(first.total !== undefined && { eventCount: first.total }),
    entryPage: withoutQuery(text('$current_url')),
    browser: text('$browser'),
  };
  return { ...nothing, sessions: fits(session, query) ? [session] : [] };
}

function fits(session: RemoteSession, query: SessionQuery): boolean {
  const { email, uid, from, to } = query;
  const isOther = (uid && session.user !== uid) || (email && session.user.toLowerCase() !== email.toLowerCase());
  return (
    !isOther && session.startedAt >= (from ?? 0) && session.startedAt <= (to ?? Infinity) && hasLength(session, query)
  );
}
