import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import type { RemoteSession } from '../../contract/session';
import { checkShape, expectOk } from './check-reply';
import { findNeedless } from './key-scopes';
import type { FetchPort, RecordingPart, SessionPage, Source } from './source';
import { streamDocument } from './stream-document';
import { notARecording } from './whole-file';
import { withoutQuery } from './without-query';

/** Casement's own protocol, described in `docs/sources.md`. */
const pageSize = 50;
const listLimitBytes = 2_000_000;
const shortLimitBytes = 64_000;

/** An id becomes part of a path, so it must not be `..` or need escaping. */
const RecordingId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const shortText = v.pipe(v.string(), v.maxLength(320));
/** The pattern allows impossible dates, such as 31 February. */
const Moment = v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse), v.safeInteger());

/** Unknown fields in replies are allowed, because a newer server may send more. Known fields are checked strictly. */
const Me = v.object({
  label: shortText,
  scopes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(100)),
});

const ListedSession = v.object({
  id: RecordingId,
  user_email: shortText,
  started_at: Moment,
  duration_ms: Count,
  event_count: Count,
  entry_page: v.pipe(v.string(), v.maxLength(8000)),
  error_count: Count,
  browser: shortText,
});

const SessionList = v.object({
  sessions: v.pipe(v.array(ListedSession), v.maxLength(pageSize)),
  next_cursor: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(2000))),
});

const recordingTypes = new Set([
  'application/json',
  'application/gzip',
  'application/x-gzip',
  'application/x-ndjson',
  'application/octet-stream',
]);

/** Returns the `authorization` header of a key. */
export function recordingServerAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** The only scopes that Casement needs. */
const neededScopes = {
  required: ['sessions:list', 'recordings:read'],
  ask: 'sessions:list and recordings:read',
};

export function createRecordingServerSource(fetch: FetchPort): Source {
  return {
    listsEvents: true,
    capabilities: { isReplayable: true, search: ['email', 'sessionId'], isLive: false, hasDeepLink: false },
    async verify(signal) {
      const reply = await fetch({ method: 'GET', path: '/v1/me', signal });
      expectOk(reply, 'service');
      const { label, scopes } = checkShape(Me, await reply.json(shortLimitBytes));
      return {
        holder: label,
        scopes: scopes.map((name) => ({ name, evidence: 'reported' as const })),
        overPrivileged: findNeedless(scopes, neededScopes),
      };
    },
    async search({ email = '', sessionId }, cursor, signal) {
      if (sessionId !== undefined) return findSession(fetch, sessionId, signal);
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (email !== '') query.set('user_email', email);
      if (cursor !== undefined) query.set('cursor', cursor);
      const reply = await fetch({ method: 'GET', path: `/v1/sessions?${query.toString()}`, signal });
      expectOk(reply, 'service');
      return toPage(checkShape(SessionList, await reply.json(listLimitBytes)), cursor);
    },
    open: (remoteId, options) => ({
      parts: readRecording(fetch, remoteId, options?.signal),
      facts: () => ({ completeness: [], mutableUntil: undefined }),
    }),
    deepLink: () => undefined,
  };
}

/** A server without this path has 404 for it, as for an unknown id. */
async function findSession(fetch: FetchPort, sessionId: string, signal?: AbortSignal): Promise<SessionPage> {
  const nothing: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };
  if (!v.is(RecordingId, sessionId)) return nothing;
  const reply = await fetch({ method: 'GET', path: `/v1/sessions/${sessionId}`, signal });
  if (reply.status === 404) {
    reply.discard();
    return nothing;
  }
  expectOk(reply, 'session');
  return { ...nothing, sessions: [toRemoteSession(checkShape(ListedSession, await reply.json(shortLimitBytes)))] };
}

async function* readRecording(fetch: FetchPort, remoteId: string, signal?: AbortSignal): AsyncGenerator<RecordingPart> {
  if (!v.is(RecordingId, remoteId)) throw new CasementError('remote-not-found');
  const reply = await fetch({
    method: 'GET',
    path: `/v1/sessions/${remoteId}/recording`,
    accept: 'application/gzip, application/json;q=0.9',
    signal,
  });
  expectOk(reply, 'session');
  const type = reply.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!recordingTypes.has(type)) throw notARecording(reply);
  yield* streamDocument(reply, { resume: undefined });
}

function toPage(list: v.InferOutput<typeof SessionList>, askedCursor: string | undefined): SessionPage {
  const cursor = list.next_cursor ?? undefined;
  // A server that repeats a cursor would keep its client requesting forever.
  if (cursor !== undefined && cursor === askedCursor) {
    throw new CasementError('remote-endless');
  }
  return { sessions: list.sessions.map(toRemoteSession), cursor, isTruncated: false };
}

function toRemoteSession(listed: v.InferOutput<typeof ListedSession>): RemoteSession {
  return {
    remoteId: listed.id,
    user: listed.user_email,
    startedAt: listed.started_at,
    durationMs: listed.duration_ms,
    eventCount: listed.event_count,
    entryPage: withoutQuery(listed.entry_page),
    errorCount: listed.error_count,
    browser: listed.browser,
  };
}
