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
const dayMs = 86_400_000;
export const replaysPath = '/api/1/session-replays';

const Token = v.nullish(v.pipe(v.string(), v.maxLength(4000)));
const Id = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String), v.maxLength(200));

const Listed = v.object({
  replay_id: v.string(),
  amplitude_id: v.nullish(Id, ''),
  device_id: v.nullish(Id, ''),
  start_time: v.nullish(Moment),
  end_time: v.nullish(Moment),
  retention_in_days: v.nullish(v.number()),
});
type Listed = v.InferOutput<typeof Listed>;
const List = v.object({
  session_replays: v.nullish(v.pipe(v.array(Listed), v.maxLength(pageSize)), []),
  next_page_token: Token,
});

const Users = v.object({
  matches: v.nullish(
    v.pipe(v.array(v.object({ user_id: v.nullish(Id), amplitude_id: v.nullish(Id) })), v.maxLength(1000)),
    [],
  ),
  type: v.nullish(v.string()),
});

/** The `type` of a user search that found a complete user or device id, and not only the beginning of one. */
const exactMatch = 'match_user_or_device_id';

const noSessions: SessionPage = { sessions: [], cursor: undefined, isTruncated: false };

/** An Amplitude user, and the device that the query means if it is only one of the user's. */
interface Person {
  amplitudeId: string;
  device?: string;
}

export async function searchAmplitude(
  fetch: FetchPort,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { filters = {} } = query;
  if (Object.keys(filters).some((name) => name !== 'replay_id')) {
    throw new CasementError('query-unknown', { known: 'replay_id' });
  }
  const replayId = query.sessionId || filters.replay_id;
  if (replayId) return findReplay(fetch, query, replayId, signal);
  const people = await findPeople(fetch, query, signal);
  if (people?.length === 0) return noSessions;
  const at = readCursor(cursor);
  const person = people?.[at.person];
  if (people && !person) return noSessions;
  const page = await listReplays(fetch, query, { person, token: at.token }, signal);
  const isLast = people === undefined || at.person + 1 >= people.length;
  const next = page.next === undefined ? undefined : `${at.person}:${page.next}`;
  return { ...toPage(page.listed, query), cursor: next ?? (isLast ? undefined : `${at.person + 1}:`) };
}

/** Parses a cursor: the number of the user in the result of the user search, and Amplitude's token; '' for the first page. */
function readCursor(cursor: string | undefined): { person: number; token: string | undefined } {
  if (cursor === undefined) return { person: 0, token: undefined };
  const match = /^(\d{1,4}):(.*)$/s.exec(cursor);
  if (!match) throw new CasementError('remote-not-found');
  return { person: Number(match[1]), token: match[2] || undefined };
}

async function findReplay(
  fetch: FetchPort,
  query: SessionQuery,
  replayId: string,
  signal?: AbortSignal,
): Promise<SessionPage> {
  // Amplitude answers 400 for any other form.
  if (!isReplayId(replayId)) return noSessions;
  const params = new URLSearchParams({ replay_id: replayId });
  const { session_replays } = await askList(fetch, params, signal);
  const { from = 0, to = Infinity } = query;
  const listed = session_replays.filter(({ start_time }) => (start_time ?? from) >= from && (start_time ?? to) <= to);
  return { ...toPage(listed, query), cursor: undefined };
}

async function listReplays(
  fetch: FetchPort,
  { from, to }: SessionQuery,
  { person, token }: { person: Person | undefined; token: string | undefined },
  signal?: AbortSignal,
): Promise<{ listed: Listed[]; next: string | undefined }> {
  const params = new URLSearchParams();
  if (person) params.set('amplitude_id', person.amplitudeId);
  if (from !== undefined) params.set('start_time', new Date(from).toISOString());
  if (to !== undefined) params.set('end_time', new Date(to).toISOString());
  params.set('page_size', String(pageSize));
  // Amplitude requires the same order on all pages.
  params.set('sort_order', 'desc');
  if (token !== undefined) params.set('page_token', token);
  const { session_replays, next_page_token } = await askList(fetch, params, signal);
  const next = next_page_token || undefined;
  if (next !== undefined && next === token) throw new CasementError('remote-endless');
  const { device } = person ?? {};
  return { listed: session_replays.filter(({ device_id }) => device === undefined || device_id === device), next };
}

async function askList(
  fetch: FetchPort,
  params: URLSearchParams,
  signal?: AbortSignal,
): Promise<v.InferOutput<typeof List>> {
  const reply = await fetch({ method: 'GET', path: `${replaysPath}?${params.toString()}`, signal });
  expectOk(reply, 'service');
  return checkShape(List, await readExactJson(reply, listLimitBytes));
}

/** Returns the users that all ids of the query mean; undefined if it has none. Replays have only Amplitude's own ids. */
async function findPeople(
  fetch: FetchPort,
  { uid, email, distinctId }: SessionQuery,
  signal?: AbortSignal,
): Promise<readonly Person[] | undefined> {
  let people: readonly Person[] | undefined;
  const keep = (found: readonly Person[]): void => {
    people = people?.flatMap((one) => found.find(({ amplitudeId }) => amplitudeId === one.amplitudeId) ?? []) ?? found;
  };
  if (uid) keep((await findUser(fetch, uid, signal)).users);
  if (email) {
    // Amplitude compares ids exactly; most companies store addresses in lower case.
    const asTyped = (await findUser(fetch, email, signal)).users;
    const lower = email.toLowerCase();
    keep(asTyped.length > 0 || lower === email ? asTyped : (await findUser(fetch, lower, signal)).users);
  }
  // Amplitude answers 400 for an Amplitude ID that isn't an integer: such an id is that of a device or a user.
  if (distinctId && /^\d{1,19}$/.test(distinctId)) keep([{ amplitudeId: distinctId }]);
  else if (distinctId) {
    const { users, devices } = await findUser(fetch, distinctId, signal);
    keep(users.length > 0 ? users : devices);
  }
  return people;
}

/** Returns the users whose id is exactly `name`, and those who used a device with this id. */
async function findUser(
  fetch: FetchPort,
  name: string,
  signal?: AbortSignal,
): Promise<{ users: Person[]; devices: Person[] }> {
  const path = `/api/2/usersearch?${new URLSearchParams({ user: name }).toString()}`;
  const reply = await fetch({ method: 'GET', path, signal });
  expectOk(reply, 'service');
  const { matches, type } = checkShape(Users, await readExactJson(reply, listLimitBytes));
  const known = matches.flatMap(({ user_id, amplitude_id }) => (amplitude_id ? [{ user_id, amplitude_id }] : []));
  // The search also returns ids that only begin with the name.
  const users = known.filter(({ user_id }) => user_id === name);
  const others = type === exactMatch ? known.filter(({ user_id }) => user_id !== name) : [];
  return {
    users: users.map(({ amplitude_id }) => ({ amplitudeId: amplitude_id })),
    devices: others.map(({ amplitude_id }) => ({ amplitudeId: amplitude_id, device: name })),
  };
}

function toPage(listed: readonly Listed[], query: SessionQuery): Omit<SessionPage, 'cursor'> {
  const { uid, email, minDurationMs = 0, maxDurationMs = Infinity } = query;
  const known = listed.filter(({ replay_id }) => isReplayId(replay_id));
  return {
    sessions: known
      .map((one) => toRemoteSession(one, email || uid || ''))
      .filter(
        ({ durationMs }) => durationMs === undefined || (durationMs >= minDurationMs && durationMs <= maxDurationMs),
      ),
    isTruncated: known.length < listed.length,
    ...(known.length < listed.length && { unusable: listed.length - known.length }),
  };
}

function toRemoteSession(listed: Listed, user: string): RemoteSession {
  const { replay_id, amplitude_id, device_id, start_time, end_time, retention_in_days } = listed;
  const isDated = typeof start_time === 'number';
  return {
    remoteId: replay_id,
    user: user || amplitude_id || device_id,
    startedAt: start_time ?? 0,
    ...(isDated && typeof end_time === 'number' && { durationMs: Math.max(0, end_time - start_time) }),
    ...(isDated && typeof retention_in_days === 'number' && { expiresAt: start_time + retention_in_days * dayMs }),
    entryPage: '',
    browser: '',
  };
}
