import * as v from 'valibot';
import { Moment } from '../read-moment';
import type { FetchReply, FetchRequest } from '../source';

/** Sends one of the list requests of the project. */
export type Ask = (path: string, body: object, signal: FetchRequest['signal']) => Promise<FetchReply>;

export const replyLimitBytes = 16_000_000;
/** More pages than this are left out, and reported. */
export const pagesLimit = 1000;
/** The API requires both ends of a range, and none before the year 2000. */
export const firstMs = 946_684_800_000;
export const lastMs = 4_102_444_800_000;

const Id = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String));
/** An unsigned 64-bit number upstream. */
export const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,200}$/));
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Without sessions, the list is `null` (openreplay/openreplay dbb68105, backend/pkg/analytics/users/users.go, GetUserSessions). */
export const Sessions = v.object({
  data: v.object({
    total: v.nullish(Count),
    sessions: v.nullish(
      v.array(v.object({ sessionId: Id, startTs: Moment, endTs: v.nullish(Moment), eventsCount: v.nullish(Count) })),
      [],
    ),
  }),
});
