import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort } from '../source';

const pageLimitBytes = 32_000_000;
/** Without a start, Datadog lists only the last 15 minutes. It keeps replays for 30 days, and up to 15 months on request. */
export const retention = { usual: 'now-30d', longest: 'now-460d' } as const;

const text = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(8000)), '');
const Id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,64}$/));
const Count = v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));

/** The attributes of a RUM event that Casement reads (DataDog/rum-events-format e18f1d3b, schemas/rum). */
const Attributes = v.object({
  session: v.nullish(
    v.object({
      id: v.nullish(Id),
      /** In nanoseconds. */
      time_spent: v.nullish(v.pipe(v.number(), v.minValue(0))),
      is_active: v.nullish(v.boolean()),
      has_replay: v.nullish(v.boolean()),
      error: v.nullish(v.object({ count: Count })),
      initial_view: v.nullish(v.object({ url: text })),
    }),
  ),
  view: v.nullish(v.object({ id: v.nullish(Id), url: text })),
  usr: v.nullish(v.object({ id: text, email: text, name: text })),
  browser: v.nullish(v.object({ name: text, version: text })),
  tab: v.nullish(v.object({ id: v.nullish(Id) })),
  source: text,
  _dd: v.nullish(v.object({ replay_stats: v.nullish(v.object({ segments_count: Count })) })),
});

const List = v.object({
  data: v.nullish(
    v.pipe(
      v.array(
        v.object({
          attributes: v.nullish(v.object({ timestamp: v.nullish(v.string()), attributes: v.nullish(Attributes) })),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  meta: v.nullish(v.object({ page: v.nullish(v.object({ after: v.nullish(v.pipe(v.string(), v.maxLength(4000))) })) })),
});

export interface RumEvent {
  timestamp: string | undefined;
  attributes: v.InferOutput<typeof Attributes>;
}

interface RumQuery {
  query: string;
  from?: string | undefined;
  to?: string | undefined;
  sort: 'timestamp' | '-timestamp';
  limit: number;
  cursor?: string | undefined;
}

/** Returns a page of RUM events. A reply may be null where there is nothing. */
export async function listEvents(
  fetch: FetchPort,
  { query, from = retention.usual, to = 'now', sort, limit, cursor }: RumQuery,
  signal: AbortSignal | undefined,
): Promise<{ events: RumEvent[]; cursor: string | undefined }> {
  const params = new URLSearchParams({
    'filter[query]': query,
    'filter[from]': from,
    'filter[to]': to,
    sort,
    'page[limit]': String(limit),
  });
  if (cursor !== undefined) params.set('page[cursor]', cursor);
  const reply = await fetch({ method: 'GET', path: `/api/v2/rum/events?${params.toString()}`, signal });
  expectOk(reply, 'service');
  const { data, meta } = checkShape(List, await reply.json(pageLimitBytes));
  const after = meta?.page?.after;
  if (after && after === cursor) throw new CasementError('remote-endless');
  const events = (data ?? []).flatMap(({ attributes }) =>
    attributes?.attributes ? [{ timestamp: attributes.timestamp ?? undefined, attributes: attributes.attributes }] : [],
  );
  return { events, cursor: after && events.length > 0 ? after : undefined };
}

/** Returns a search term with a quoted value, in which only quotes and backslashes are special. */
export const term = (name: string, value: string): string => `@${name}:"${value.replace(/[\\"]/g, '\\$&')}"`;
