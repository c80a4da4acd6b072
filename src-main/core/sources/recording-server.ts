import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import type { RemoteSession } from '../../contract/session';
import { checkShape, expectOk } from './check-reply';
import type { FetchPort, SessionPage, Source } from './source';

/** Casement's own small protocol: `docs/sources.md` describes it for who wants to serve it. */
const pageSize = 50;
const listLimitBytes = 2_000_000;
const shortLimitBytes = 64_000;

/** A closed grammar: an id becomes part of a path, and can be neither `..` nor anything that needs escaping. */
const RecordingId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const shortText = v.pipe(v.string(), v.maxLength(320));
/** The pattern lets through what no calendar has, such as 31 February. */
const Moment = v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse), v.safeInteger());

/** Unlike requests, replies may carry more than we know: a newer server may say more. What we use is checked to the letter. */
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

/** How a key of this protocol is shown to the server; for the transport. */
export function recordingServerAuthorization(key: string): string {
  return `Bearer ${key}`;
}

export function createRecordingServerSource(fetch: FetchPort): Source {
  return {
    async verify(signal) {
      const reply = await fetch({ method: 'GET', path: '/v1/me', signal });
      expectOk(reply, 'service');
      return checkShape(Me, await reply.json(shortLimitBytes));
    },
    async search({ email }, cursor, signal) {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (email !== '') query.set('user_email', email);
      if (cursor !== undefined) query.set('cursor', cursor);
      const reply = await fetch({ method: 'GET', path: `/v1/sessions?${query.toString()}`, signal });
      expectOk(reply, 'service');
      return toPage(checkShape(SessionList, await reply.json(listLimitBytes)), cursor);
    },
    open: (remoteId, signal) => openRecording(fetch, remoteId, signal),
  };
}

async function* openRecording(fetch: FetchPort, remoteId: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (!v.is(RecordingId, remoteId)) throw new CasementError('remote-not-found');
  const reply = await fetch({
    method: 'GET',
    path: `/v1/sessions/${remoteId}/recording`,
    accept: 'application/gzip, application/json;q=0.9',
    signal,
  });
  expectOk(reply, 'session');
  const type = reply.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!recordingTypes.has(type)) {
    reply.discard();
    throw new CasementError('remote-odd', { reason: 'what came is not a recording' });
  }
  yield* reply.bytes();
}

function toPage(list: v.InferOutput<typeof SessionList>, askedCursor: string | undefined): SessionPage {
  const sessions = list.sessions.map(toRemoteSession);
  if (list.next_cursor === null) return { sessions };
  // A server that hands the same cursor out again would keep its client asking for ever.
  if (list.next_cursor === askedCursor) throw new CasementError('remote-odd', { reason: 'its list has no end' });
  return { sessions, cursor: list.next_cursor };
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

/** Queries, fragments and user names in addresses often are secrets, and the list needs none of them. */
function withoutQuery(page: string): string {
  const bare = page.replace(/[?#].*$/s, '');
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
