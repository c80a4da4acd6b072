import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { readMoment } from '../read-moment';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import { listEvents, term, type RumEvent } from './events';

const pageSize = 100;
const nsPerMs = 1_000_000;

export async function searchDatadog(
  fetch: FetchPort,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { from, to } = query;
  const time = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : String(Math.floor(ms)));
  const page = await listEvents(
    fetch,
    { query: writeQuery(query), from: time(from), to: time(to), sort: '-timestamp', limit: pageSize, cursor },
    signal,
  );
  const sessions = page.events.flatMap((event) => toRemoteSession(event) ?? []);
  return {
    sessions: sessions.filter(({ startedAt }) => startedAt >= (from ?? 0) && startedAt <= (to ?? Infinity)),
    cursor: page.cursor,
    isTruncated: false,
  };
}

function writeQuery(query: SessionQuery): string {
  const { email, uid, sessionId, hasErrors, minDurationMs, maxDurationMs, filters = {} } = query;
  const terms = ['@type:session', '@session.has_replay:true'];
  if (email) terms.push(term('usr.email', email));
  if (uid) terms.push(term('usr.id', uid));
  if (sessionId) terms.push(term('session.id', sessionId));
  if (hasErrors) terms.push('@session.error.count:>0');
  if (minDurationMs !== undefined) terms.push(`@session.time_spent:>=${Math.floor(minDurationMs) * nsPerMs}`);
  if (maxDurationMs !== undefined) terms.push(`@session.time_spent:<=${Math.ceil(maxDurationMs) * nsPerMs}`);
  for (const [name, value] of Object.entries(filters)) {
    if (!/^[A-Za-z_][\w.-]{0,100}$/.test(name)) {
      throw new CasementError('query-unknown', { known: 'application.id, usr.name, browser.name, geo.country, …' });
    }
    terms.push(term(name, value));
  }
  return terms.join(' ');
}

function toRemoteSession({ timestamp, attributes }: RumEvent): RemoteSession | undefined {
  const { session, usr, view, browser, source } = attributes;
  const startedAt = readMoment(timestamp);
  if (!session?.id || startedAt === undefined) return undefined;
  const { time_spent, error, initial_view, is_active } = session;
  return {
    remoteId: session.id,
    user: usr?.email || usr?.id || usr?.name || '',
    startedAt,
    ...(typeof time_spent === 'number' && { durationMs: Math.round(time_spent / nsPerMs) }),
    entryPage: withoutQuery(initial_view?.url || view?.url || ''),
    ...(typeof error?.count === 'number' && { errorCount: error.count }),
    browser: `${browser?.name ?? ''} ${browser?.version ?? ''}`.trim(),
    ...(is_active && { isLive: true }),
    ...(source !== '' && source !== 'browser' && { isMobile: true }),
  };
}
