import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { checkShape } from '../check-reply';
import { UtcMoment } from '../read-moment';
import type { SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import type { PostHogProject } from './project';
import { expectPostHog } from './refusal';

const pageSize = 50;
const listLimitBytes = 8_000_000;
/** Without it PostHog looks back three days. No plan keeps recordings longer than this. */
const farBack = '-5y';
const farthestOffset = 1_000_000;

/** A session's id becomes part of a path. */
export const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/));

const text = v.nullish(v.pipe(v.string(), v.maxLength(20_000)), '');
const Count = v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0)));
/** A company's own properties may have any type. */
const Properties = v.nullish(
  v.object({ email: v.nullish(v.unknown()), name: v.nullish(v.unknown()), $browser: v.nullish(v.unknown()) }),
);
const Person = v.object({ name: text, properties: Properties });

/**
 * A row of the list. Every field but the id may be null (PostHog/posthog, `session_recordings/session_recording_api.py` @004ffdf6,
 * SessionRecordingSerializer). Times come from Django with a zone, or as ClickHouse writes them, in UTC without one.
 */
const Listed = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  distinct_id: text,
  start_time: v.nullish(UtcMoment),
  end_time: v.nullish(UtcMoment),
  recording_duration: Count,
  start_url: text,
  console_error_count: Count,
  person: v.nullish(Person),
  ongoing: v.nullish(v.boolean()),
  snapshot_source: v.nullish(v.pipe(v.string(), v.maxLength(200))),
  activity_score: v.nullish(v.pipe(v.number(), v.finite())),
  expiry_time: v.nullish(UtcMoment),
});
type Listed = v.InferOutput<typeof Listed>;

const List = v.object({
  // One more than requested: PostHog puts a recording that is searched by id in front.
  results: v.pipe(v.array(Listed), v.maxLength(pageSize + 1)),
  has_next: v.nullish(v.boolean(), false),
  next_cursor: v.nullish(v.pipe(v.string(), v.minLength(1), v.maxLength(4000))),
});

/** The prefix of a cursor of a search that ignores letter case. */
const anyCase = 'any-case ';

export async function searchPostHog(
  project: PostHogProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  if (cursor?.startsWith(anyCase)) return searchAnyCase(project, query, cursor.slice(anyCase.length), signal);
  const page = await searchOnce(project, query, cursor, { signal });
  // The exact search is fast and finds the usual spelling; the other one reads every person.
  if (query.email && page.sessions.length === 0 && page.cursor === undefined && cursor === undefined) {
    return searchAnyCase(project, query, undefined, signal);
  }
  return page;
}

/** Searches for persons whose address contains the text in any letter case, and drops those that have a longer one. */
async function searchAnyCase(
  project: PostHogProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal: AbortSignal | undefined,
): Promise<SessionPage> {
  const page = await searchOnce(project, query, cursor, { isAnyCase: true, signal });
  const wanted = query.email?.toLowerCase();
  return {
    ...page,
    sessions: page.sessions.filter(({ user }) => user.toLowerCase() === wanted),
    cursor: page.cursor === undefined ? undefined : `${anyCase}${page.cursor}`,
  };
}

async function searchOnce(
  project: PostHogProject,
  query: SessionQuery,
  cursor: string | undefined,
  { isAnyCase = false, signal }: { isAnyCase?: boolean; signal: AbortSignal | undefined },
): Promise<SessionPage> {
  const params = writeQuery(query, isAnyCase);
  const offset = applyCursor(params, cursor);
  const reply = await project.ask(`/session_recordings/?${params.toString()}`, signal);
  await expectPostHog(reply, 'service');
  const { results, has_next, next_cursor } = checkShape(List, await reply.json(listLimitBytes));
  const next = next_cursor ? `after:${next_cursor}` : `offset:${offset + results.length}`;
  if (has_next && (next === cursor || results.length === 0)) {
    throw new CasementError('remote-endless');
  }
  // A page may choose any id for its sessions; one that can't be part of a path can't be requested.
  const usable = results.filter(({ id }) => v.is(SessionId, id));
  return {
    sessions: usable.map(toRemoteSession),
    cursor: has_next ? next : undefined,
    isTruncated: usable.length < results.length,
    ...(usable.length < results.length && { unusable: results.length - usable.length }),
  };
}

/**
 * Writes the parameters of PostHog's RecordingsQuery, which refuses unknown ones. Filters of recordings are in `having_predicates`, but for
 * `visited_page`, as in its own interface (PostHog/posthog, `scenes/session-recordings/playlist/filters`).
 */
function writeQuery(query: SessionQuery, isAnyCase: boolean): URLSearchParams {
  const { email, uid, distinctId, sessionId, from, to, filters = {} } = query;
  const params = new URLSearchParams({ limit: String(pageSize) });
  params.set('date_from', from === undefined ? farBack : new Date(from).toISOString());
  if (to !== undefined) params.set('date_to', new Date(to).toISOString());
  // PostHog keeps the company's ids and its own for anonymous users in one list of distinct ids.
  const id = distinctId ?? uid;
  if (id) params.set('distinct_ids', JSON.stringify([id]));
  if (sessionId) params.set('session_ids', JSON.stringify([sessionId]));
  const properties: object[] = [];
  if (email) {
    properties.push(
      isAnyCase
        ? { key: 'email', type: 'person', operator: 'icontains', value: email }
        : exactly({ key: 'email', type: 'person' }, email, email.toLowerCase()),
    );
  }
  if (query.page) properties.push({ key: 'visited_page', type: 'recording', operator: 'icontains', value: query.page });
  if (query.group) properties.push(groupProperty(query.group));
  for (const [name, value] of Object.entries(filters)) {
    if (name === 'person_uuid') params.set('person_uuid', value);
    else if (name === 'session_id') params.set('session_ids', JSON.stringify([value]));
    else properties.push(filterOf(name, value));
  }
  const having = writePredicates(query);
  if (properties.length > 0) params.set('properties', JSON.stringify(properties));
  if (having.length > 0) params.set('having_predicates', JSON.stringify(having));
  return params;
}

function writePredicates({ minDurationMs, maxDurationMs, hasErrors }: SessionQuery): object[] {
  const predicate = (key: string, operator: string, value: number): object => ({
    type: 'recording',
    key,
    operator,
    value,
  });
  return [
    ...(minDurationMs === undefined ? [] : [predicate('duration', 'gte', Math.floor(minDurationMs / 1000))]),
    ...(maxDurationMs === undefined ? [] : [predicate('duration', 'lte', Math.ceil(maxDurationMs / 1000))]),
    ...(hasErrors ? [predicate('console_error_count', 'gt', 0)] : []),
  ];
}

/** A group's key, for the first type of group; `2:key` for the third. Events carry the keys of their groups as `$group_0` to `$group_4`. */
function groupProperty(group: string): object {
  const [, index = '0', key = group] = /^([0-4]):(.+)$/s.exec(group) ?? [];
  return exactly({ key: `$group_${index}`, type: 'event' }, key);
}

function filterOf(name: string, value: string): object {
  const [, kind, key = ''] = /^(person|event|group\.[0-4])\.(.+)$/s.exec(name) ?? [];
  if (kind === 'person' || kind === 'event') return exactly({ key, type: kind }, value);
  if (kind !== undefined)
    return { ...exactly({ key, type: 'group' }, value), group_type_index: Number(kind.slice(-1)) };
  if (name === 'cohort' && /^\d{1,12}$/.test(value)) {
    return { key: 'id', type: 'cohort', operator: 'in', value: Number(value) };
  }
  throw new CasementError('query-unknown', { known: knownFilters });
}

const knownFilters = 'person_uuid, session_id, cohort, person.…, event.…, group.0.…';

const exactly = (property: { key: string; type: string }, ...values: string[]): object => ({
  ...property,
  operator: 'exact',
  value: [...new Set(values)],
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

function toRemoteSession(listed: Listed): RemoteSession {
  const { id, distinct_id, recording_duration, start_url, console_error_count, person } = listed;
  const { ongoing, snapshot_source, activity_score, expiry_time } = listed;
  const { email, name, $browser } = person?.properties ?? {};
  return {
    remoteId: id,
    user: shortText(email) || person?.name.slice(0, 320) || shortText(name) || distinct_id.slice(0, 320),
    startedAt: startOf(listed),
    ...(typeof recording_duration === 'number' && { durationMs: Math.round(recording_duration * 1000) }),
    entryPage: withoutQuery(start_url),
    ...(typeof console_error_count === 'number' && { errorCount: Math.round(console_error_count) }),
    browser: shortText($browser),
    ...(ongoing && { isLive: true }),
    ...(snapshot_source === 'mobile' && { isMobile: true }),
    // PostHog's score is from 0 to 100.
    ...(typeof activity_score === 'number' && { activity: Math.min(1, Math.max(0, activity_score / 100)) }),
    ...(typeof expiry_time === 'number' && { expiresAt: expiry_time }),
  };
}

/** A recording without a start is placed by its end, so that it is not left out. */
function startOf({ start_time, end_time, recording_duration }: Listed): number {
  return start_time ?? Math.max(0, (end_time ?? 0) - (recording_duration ?? 0) * 1000);
}

const shortText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 320) : '');
