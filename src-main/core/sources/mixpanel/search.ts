import * as v from 'valibot';
import { CasementError, hasCode } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { isFiniteNumber, isRecord, listOf } from '../../recording/json';
import { checkShape, expectOk } from '../check-reply';
import { readMoment } from '../read-moment';
import type { FetchPort, SessionPage, SessionQuery } from '../source';
import { withoutQuery } from '../without-query';
import { ReplayFiles, type MixpanelStore } from './files';
import { readAccess, unknownProject } from './project';
import { isReplayId } from './sign';

const listLimitBytes = 128_000_000;
const fileLimitBytes = 64_000_000;
const dayMs = 86_400_000;
/** The days of a search without dates. */
const daysInSearch = 30;

const text = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(8000)), '');

const Activity = v.object({
  properties: v.nullish(
    v.object({
      time: v.nullish(v.union([v.string(), v.number()])),
      $mp_replay_id: v.nullish(v.string()),
      $mp_replay_retention_period: v.nullish(v.union([v.string(), v.number()])),
      $current_url: v.fallback(text, ''),
      current_url: v.fallback(text, ''),
      $browser: v.fallback(text, ''),
    }),
  ),
});
const Stream = v.object({
  results: v.object({ events: v.nullish(v.array(Activity), []) }),
});

/**
 * Lists the replays of a user's events (docs.mixpanel.com/reference/activity-stream-query): Mixpanel has no list of replays. The events of a
 * recorded session have the replay's id.
 */
export async function searchMixpanel(
  store: MixpanelStore,
  query: SessionQuery,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const { sessionId, uid, distinctId } = query;
  if (sessionId) return toPage(await findOne(store, sessionId, signal));
  const user = distinctId || uid;
  if (!user) throw new CasementError('query-needed', { fields: sourceWords.fields.uid });
  if (uid && uid !== user) return toPage([]);
  const { timeZone, now } = await readAccess(store.fetch, store.project, signal);
  const from = query.from ?? (query.to ?? now) - daysInSearch * dayMs;
  const path = `/api/query/stream/query?${new URLSearchParams({
    project_id: store.project,
    distinct_ids: JSON.stringify([user]),
    from_date: dayOf(from, timeZone),
    // Mixpanel refuses days in the future.
    to_date: dayOf(Math.min(query.to ?? now, now), timeZone),
  }).toString()}`;
  return toPage(toSessions(await readActivity(store.fetch, path, signal), user));
}

async function readActivity(
  fetch: FetchPort,
  path: string,
  signal?: AbortSignal,
): Promise<v.InferOutput<typeof Activity>[]> {
  const reply = await fetch({ method: 'GET', path, signal });
  if (reply.status === 404) {
    reply.discard();
    throw unknownProject();
  }
  expectOk(reply, 'service');
  return checkShape(Stream, await reply.json(listLimitBytes)).results.events;
}

function toSessions(activities: v.InferOutput<typeof Activity>[], user: string): RemoteSession[] {
  const replays = new Map<string, RemoteSession>();
  for (const { properties } of activities) {
    const remoteId = properties?.$mp_replay_id ?? '';
    const at = readMoment(properties?.time);
    if (!properties || !isReplayId(remoteId) || at === undefined) continue;
    const known = replays.get(remoteId);
    const page = withoutQuery(properties.$current_url || properties.current_url);
    const isFirst = !known || at < known.startedAt;
    const startedAt = Math.min(known?.startedAt ?? at, at);
    const endedAt = Math.max(known ? known.startedAt + (known.durationMs ?? 0) : at, at);
    const days = Number(properties.$mp_replay_retention_period);
    const expiresAt = days > 0 ? startedAt + days * dayMs : known?.expiresAt;
    replays.set(remoteId, {
      remoteId,
      user,
      startedAt,
      durationMs: endedAt - startedAt,
      ...(expiresAt !== undefined && { expiresAt }),
      entryPage: isFirst && page ? page : known?.entryPage || page,
      browser: properties.$browser || known?.browser || '',
    });
  }
  return [...replays.values()].sort((one, other) => other.startedAt - one.startedAt);
}

/** Mixpanel can't list one replay, so its start is read from its first file. */
async function findOne(store: MixpanelStore, remoteId: string, signal?: AbortSignal): Promise<RemoteSession[]> {
  if (!isReplayId(remoteId)) return [];
  const reply = await new ReplayFiles(store, remoteId, signal).get(0).catch((error: unknown) => {
    if (hasCode(error, 'remote-not-found')) return undefined;
    throw error;
  });
  if (!reply) return [];
  const events = listOf(await reply.json(fileLimitBytes));
  const times = events.flatMap((event) => (isRecord(event) && isFiniteNumber(event.timestamp) ? event.timestamp : []));
  const startedAt = times.reduce((one, other) => Math.min(one, other), Infinity);
  return times.length > 0 ? [{ remoteId, user: '', startedAt, entryPage: '', browser: '' }] : [];
}

const toPage = (sessions: RemoteSession[]): SessionPage => ({ sessions, cursor: undefined, isTruncated: false });

/** Returns the day of a time in the project's time zone, as `2026-11-20`. */
function dayOf(ms: number, timeZone = 'UTC'): string {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(ms);
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  } catch {
    return new Date(ms).toISOString().slice(0, 10);
  }
}
