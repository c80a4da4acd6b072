import * as v from 'valibot';
import { readMoment } from '../read-moment';

export const listLimitBytes = 4_000_000;
export const shortLimitBytes = 64_000;

export const Uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
/** Some databases return sums as text. */
const Count = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.safeInteger(), v.minValue(0));
/** ClickHouse can return UTC times without a zone. */
const Moment = v.pipe(
  v.union([v.pipe(v.string(), v.maxLength(60)), v.number()]),
  v.transform((value) =>
    readMoment(typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)[ T]([\d:.]+)$/, '$1T$2Z') : value),
  ),
  v.number(),
);
const shortText = v.nullish(v.pipe(v.string(), v.maxLength(320)), '');

/** A replay: the recording of one visit of a session. */
const Listed = v.object({
  id: Uuid,
  sessionId: v.nullish(Uuid),
  browser: shortText,
  os: shortText,
  eventCount: v.nullish(Count),
  startedAt: Moment,
  endedAt: v.nullish(Moment),
});
export type Listed = v.InferOutput<typeof Listed>;

/** umami-software/umami c0ea3aef (3.1.0), src/queries/sql/replays/getSessionReplays.ts; the names of a session come from its first event. */
export const List = v.object({ data: v.pipe(v.array(Listed), v.maxLength(1000)), count: v.nullish(Count, 0) });

/** umami-software/umami c0ea3aef (3.1.0), src/queries/sql/sessions/getWebsiteSession.ts. */
export const UmamiSession = v.object({ distinctId: v.nullish(v.pipe(v.string(), v.maxLength(1000)), '') });
