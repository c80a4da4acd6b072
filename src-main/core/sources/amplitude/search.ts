import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { checkShape, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import { Moment } from '../read-moment';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { isReplayId } from './address';

const pageSize = 200;
const listLimitBytes = 4_000_000;
export const replaysPath = '/api/1/session-replays';

const Token = v.nullish(v.pipe(v.string(), v.minLength(1), v.maxLength(4000)));
const Id = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String), v.maxLength(200));

const Listed = v.object({
  replay_id: v.pipe(v.string(), v.check(isReplayId)),
  amplitude_id: v.nullish(Id, ''),
  device_id: v.nullish(Id, ''),
  start_time: Moment,
  end_time: v.nullish(Moment),
});
const List = v.object({
  session_replays: v.pipe(v.array(Listed), v.maxLength(pageSize)),
  next_page_token: Token,
});

const Users = v.object({
  matches: v.pipe(v.array(v.object({ user_id: v.nullish(Id), amplitude_id: Id })), v.maxLength(1000)),
});

const noSessions: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };

export async function searchAmplitude(
  fetch: FetchPort,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { uid, email, distinctId, from, to, filters = {} } = query;
  if (Object.keys(filters).some((name) => name !== 'replay_id')) {
    throw new CasementError('query-unknown', { known: 'replay_id' });
  }
  const params = new URLSearchParams();
  let isOneOfSeveral = false;
  if (filters.replay_id) params.set('replay_id', filters.replay_id);
  else {
    const name = uid || email;
    const found = name && !distinctId ? await findUser(fetch, name, signal) : [];
    if (name && !distinctId && found.length === 0) return noSessions;
    isOneOfSeveral = found.length > 1;
    const id = distinctId || found[0];
    if (id) params.set('amplitude_id', id);
    if (from !== undefined) params.set('start_time', new Date(from).toISOString());
    if (to !== undefined) params.set('end_time', new Date(to).toISOString());
    params.set('page_size', String(pageSize));
    // Amplitude requires the same order on all pages.
    params.set('sort_order', 'desc');
    if (cursor !== undefined) params.set('page_token', cursor);
  }
  const reply = await fetch({ method: 'GET', path: `${replaysPath}?${params.toString()}`, signal });
  expectOk(reply, 'service');
  const { session_replays, next_page_token } = checkShape(List, await readExactJson(reply, listLimitBytes));
  const next = next_page_token ?? undefined;
  if (next !== undefined && next === cursor) throw new CasementError('remote-endless');
  const user = email || uid || '';
  return {
    sessions: session_replays.map((listed) => toRemoteSession(listed, user)),
    cursor: next,
    isTruncated: isOneOfSeveral,
  };
}

/** Returns Amplitude's ids for a company's user id. Replays have only Amplitude's ids. */
async function findUser(fetch: FetchPort, name: string, signal?: AbortSignal): Promise<string[]> {
  const path = `/api/2/usersearch?${new URLSearchParams({ user: name }).toString()}`;
  const reply = await fetch({ method: 'GET', path, signal });
  expectOk(reply, 'service');
  const { matches } = checkShape(Users, await readExactJson(reply, listLimitBytes));
  // The search also returns ids that only begin with the name.
  return matches.filter(({ user_id }) => user_id === name).map(({ amplitude_id }) => amplitude_id);
}

function toRemoteSession(listed: v.InferOutput<typeof Listed>, user: string): RemoteSession {
  const { replay_id, amplitude_id, device_id, start_time, end_time } = listed;
  return {
    remoteId: replay_id,
    user: user || amplitude_id || device_id,
    startedAt: start_time,
    ...(typeof end_time === 'number' && { durationMs: Math.max(0, end_time - start_time) }),
    entryPage: '',
    browser: '',
  };
}
