import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape } from '../check-reply';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { takeNextCursor } from './link-header';
import type { ReplayName, SentryProject } from './project';
import { expectSentry } from './refusal';
import { readReplayId, Replay, toRemoteSession } from './replay';

const pageSize = 50;
const listLimitBytes = 16_000_000;
/** The longest time that Sentry keeps replays. */
const retentionDays = 90;
const dayMs = 86_400_000;

const List = v.object({ data: v.pipe(v.nullish(v.array(Replay), []), v.maxLength(pageSize)) });

export const replaysPath = ({ organization }: SentryProject): string => `/api/0/organizations/${organization}/replays/`;

export const segmentsPath = ({ organization }: SentryProject, { projectId, replayId }: ReplayName): string =>
  `/api/0/projects/${organization}/${projectId}/replays/${replayId}/recording-segments/`;

export async function searchSentry(
  fetch: FetchPort,
  project: SentryProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const page = await searchOnce(fetch, project, query, cursor, signal);
  const email = query.email?.toLowerCase();
  // Sentry compares letter case. Most applications record addresses in lower case.
  if (page.sessions.length > 0 || page.cursor !== undefined || cursor !== undefined || email === query.email)
    return page;
  return searchOnce(fetch, project, { ...query, email }, cursor, signal);
}

async function searchOnce(
  fetch: FetchPort,
  project: SentryProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const params = writeQuery(project, query);
  if (!params) return { sessions: [], cursor: undefined, isTruncated: false };
  if (cursor !== undefined) params.set('cursor', cursor);
  const reply = await fetch({ method: 'GET', path: `${replaysPath(project)}?${params.toString()}`, signal });
  await expectSentry(fetch, project, reply, 'list', signal);
  const next = takeNextCursor(reply);
  const { data } = checkShape(List, await reply.json(listLimitBytes));
  if (next !== undefined && next === cursor) throw new CasementError('remote-endless');
  const { from = 0, to = Infinity } = query;
  const sessions = data.flatMap((replay) => toRemoteSession(replay) ?? []);
  // The list is newest first: after the first replay that is too old, all others are too.
  const isPast = sessions.some(({ startedAt }) => startedAt < from);
  return {
    sessions: sessions.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
    cursor: isPast ? undefined : next,
    isTruncated: false,
  };
}

/** Returns undefined for a session id that no replay can have. */
function writeQuery({ projectId }: SentryProject, query: SessionQuery): URLSearchParams | undefined {
  const { from, to, filters = {} } = query;
  const params = new URLSearchParams({ per_page: String(pageSize), sort: '-started_at' });
  // Without `project`, Sentry lists only the projects of the token owner's teams.
  params.set('project', projectId ?? '-1');
  // Sentry requires both ends of a range or none. With only a start, older replays are removed here.
  if (to === undefined) params.set('statsPeriod', `${retentionDays}d`);
  else {
    params.set('start', new Date(from ?? to - retentionDays * dayMs).toISOString());
    params.set('end', new Date(to).toISOString());
  }
  const terms = writeTerms(query);
  if (!terms) return undefined;
  for (const [name, value] of Object.entries(filters)) {
    if (name === 'environment') params.set('environment', value);
    else terms.push(term(tagName(name), value));
  }
  if (terms.length > 0) params.set('query', terms.join(' '));
  return params;
}

function writeTerms({ email, uid, sessionId, minDurationMs, maxDurationMs, hasErrors, page }: SessionQuery) {
  const terms: string[] = [];
  if (sessionId) {
    const id = readReplayId(sessionId);
    if (id === undefined) return undefined;
    terms.push(`id:${id}`);
  }
  if (email) terms.push(term('user.email', email));
  if (uid) terms.push(term('user.id', uid));
  if (minDurationMs !== undefined) terms.push(`duration:>=${Math.floor(minDurationMs / 1000)}s`);
  if (maxDurationMs !== undefined) terms.push(`duration:<=${Math.ceil(maxDurationMs / 1000)}s`);
  if (hasErrors) terms.push('count_errors:>0');
  if (page) terms.push(`url:"*${escape(page)}*"`);
  return terms;
}

/** Returns a field or tag as a key of Sentry's search. Tags have any spelling; those with a colon must be quoted. */
function tagName(name: string): string {
  if (/^[A-Za-z0-9_.-]{1,200}$/.test(name) || /^tags\[[A-Za-z0-9_.:-]{1,200}\]$/.test(name)) return name;
  if (/^[A-Za-z0-9_.:-]{1,200}$/.test(name)) return `"${name}"`;
  throw new CasementError('query-unknown', { known: 'environment, url, release, user.ip, …' });
}

/** Quotes a value so that spaces and colons are literal, and escapes `*`, which would match anything. */
const term = (name: string, value: string): string => `${name}:"${escape(value)}"`;

const escape = (value: string): string => value.replace(/[\\"*]/g, '\\$&');
