import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { checkShape, expectOk } from '../check-reply';
import { Moment } from '../read-moment';
import type { SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import type { PostHogProject } from './project';

const pageSize = 50;
const listLimitBytes = 8_000_000;
/** Without it PostHog looks back three days. No plan keeps recordings longer than this. */
const farBack = '-5y';
const farthestOffset = 1_000_000;

/** A session's id becomes part of a path. */
export const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/));

const text = v.nullish(v.pipe(v.string(), v.maxLength(1000)), '');
const Seconds = v.nullish(v.pipe(v.number(), v.minValue(0), v.finite()));

const Person = v.object({
  name: text,
  properties: v.nullish(v.object({ email: v.nullish(v.unknown()), $browser: v.nullish(v.unknown()) })),
});

const Listed = v.object({
  id: SessionId,
  distinct_id: text,
  start_time: Moment,
  recording_duration: Seconds,
  start_url: v.nullish(v.pipe(v.string(), v.maxLength(20_000)), ''),
  console_error_count: v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  person: v.nullish(Person),
});

const List = v.object({
  // One more than requested: PostHog puts a recording that is searched by id in front.
  results: v.pipe(v.array(Listed), v.maxLength(pageSize + 1)),
  has_next: v.nullish(v.boolean(), false),
  next_cursor: v.nullish(v.pipe(v.string(), v.minLength(1), v.maxLength(4000))),
});

export async function searchPostHog(
  project: PostHogProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const params = writeQuery(query);
  const offset = applyCursor(params, cursor);
  const reply = await project.ask(`/session_recordings/?${params.toString()}`, signal);
  expectOk(reply, 'service');
  const { results, has_next, next_cursor } = checkShape(List, await reply.json(listLimitBytes));
  const next = next_cursor ? `after:${next_cursor}` : `offset:${offset + results.length}`;
  if (has_next && (next === cursor || results.length === 0)) {
    throw new CasementError('remote-endless');
  }
  return { sessions: results.map(toRemoteSession), cursor: has_next ? next : undefined, isTruncated: false };
}

function writeQuery({ email, uid, distinctId, from, to, filters = {} }: SessionQuery): URLSearchParams {
  const params = new URLSearchParams({ limit: String(pageSize) });
  params.set('date_from', from === undefined ? farBack : new Date(from).toISOString());
  if (to !== undefined) params.set('date_to', new Date(to).toISOString());
  // PostHog keeps the company's ids and its own for anonymous users in one list of distinct ids.
  const id = distinctId ?? uid;
  if (id) params.set('distinct_ids', JSON.stringify([id]));
  const properties = email ? [personProperty('email', email)] : [];
  for (const [name, value] of Object.entries(filters)) {
    if (name === 'person_uuid') params.set('person_uuid', value);
    else if (name === 'session_id') params.set('session_ids', JSON.stringify([value]));
    else if (name.startsWith('person.')) properties.push(personProperty(name.slice('person.'.length), value));
    else throw new CasementError('query-unknown', { known: 'person_uuid, session_id, person.…' });
  }
  if (properties.length > 0) params.set('properties', JSON.stringify(properties));
  return params;
}

const personProperty = (key: string, value: string): object => ({
  key,
  type: 'person',
  operator: 'exact',
  value: [value],
});

/** Adds the cursor of the previous page to the query. Returns its offset, or 0 if it is not an offset. */
function applyCursor(params: URLSearchParams, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (cursor.startsWith('after:')) {
    params.set('after', cursor.slice('after:'.length));
    return 0;
  }
  const offset = Number(/^offset:(\d{1,7})$/.exec(cursor)?.[1] ?? NaN);
  if (!(offset <= farthestOffset)) throw new CasementError('remote-endless');
  params.set('offset', String(offset));
  return offset;
}

function toRemoteSession(listed: v.InferOutput<typeof Listed>): RemoteSession {
  const { id, distinct_id, start_time, recording_duration, start_url, console_error_count, person } = listed;
  const { email, $browser } = person?.properties ?? {};
  return {
    remoteId: id,
    user: shortText(email) || person?.name || distinct_id,
    startedAt: start_time,
    ...(typeof recording_duration === 'number' && { durationMs: Math.round(recording_duration * 1000) }),
    entryPage: withoutQuery(start_url),
    ...(typeof console_error_count === 'number' && { errorCount: console_error_count }),
    browser: shortText($browser),
  };
}

/** A company's own properties may have any type. */
const shortText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 320) : '');
