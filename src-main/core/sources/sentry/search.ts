import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { takeNextCursor } from './link-header';
import type { SentryProject } from './project';
import { Replay, toRemoteSession } from './replay';

const pageSize = 50;
const listLimitBytes = 16_000_000;
/** The longest time that Sentry keeps replays. */
const retentionDays = 90;
const dayMs = 86_400_000;

const List = v.object({ data: v.pipe(v.array(Replay), v.maxLength(pageSize)) });

export const replaysPath = ({ organization }: SentryProject): string => `/api/0/organizations/${organization}/replays/`;

export async function searchSentry(
  fetch: FetchPort,
  project: SentryProject,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const params = writeQuery(project, query);
  if (cursor !== undefined) params.set('cursor', cursor);
  const reply = await fetch({ method: 'GET', path: `${replaysPath(project)}?${params.toString()}`, signal });
  expectOk(reply, 'service');
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

function writeQuery(
  { projectId }: SentryProject,
  { email, uid, from, to, filters = {} }: SessionQuery,
): URLSearchParams {
  const params = new URLSearchParams({ per_page: String(pageSize), sort: '-started_at' });
  // Without `project`, Sentry lists only the projects of the token owner's teams.
  params.set('project', projectId ?? '-1');
  // Sentry requires both ends of a range or none. With only a start, older replays are removed here.
  if (to === undefined) params.set('statsPeriod', `${retentionDays}d`);
  else {
    params.set('start', new Date(from ?? to - retentionDays * dayMs).toISOString());
    params.set('end', new Date(to).toISOString());
  }
  const terms: string[] = [];
  if (email) terms.push(term('user.email', email));
  if (uid) terms.push(term('user.id', uid));
  for (const [name, value] of Object.entries(filters)) {
    if (name === 'environment') params.set('environment', value);
    else if (/^[a-z][a-z0-9_.]{0,60}$/.test(name)) terms.push(term(name, value));
    else throw new CasementError('query-unknown', { known: 'environment, url, release, user.ip, …' });
  }
  if (terms.length > 0) params.set('query', terms.join(' '));
  return params;
}

/** Quotes a value so that spaces and colons are literal, and escapes `*`, which would match anything. */
const term = (name: string, value: string): string => `${name}:"${value.replace(/[\\"*]/g, '\\$&')}"`;
