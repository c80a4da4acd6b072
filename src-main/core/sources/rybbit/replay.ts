import * as v from 'valibot';
import type { RemoteSession } from '../../../contract/session';
import { readMoment } from '../read-moment';
import { withoutQuery } from '../without-query';

/** The server chooses it; it becomes part of a path. */
export const SessionId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,100}$/));

/** The server converts numeric text to numbers (utils.ts, processResults), so a name that looks like a number arrives as one. */
const text = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(8000)), '');
const Count = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.safeInteger(), v.minValue(0)));
/** ClickHouse returns UTC times without a zone. */
const Moment = v.pipe(
  v.union([v.pipe(v.string(), v.maxLength(60)), v.number()]),
  v.transform((value) =>
    readMoment(typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)[ T]([\d:.]+)$/, '$1T$2Z') : value),
  ),
  v.number(),
);

/** A row of the list, and the `metadata` of a recording. */
export const Replay = v.object({
  session_id: SessionId,
  user_id: text,
  identified_user_id: text,
  traits: v.nullish(v.object({ email: text, name: text })),
  start_time: Moment,
  end_time: v.nullish(Moment),
  duration_ms: Count,
  page_url: text,
  event_count: Count,
  browser: text,
  browser_version: text,
  replay_source: text,
});
export type Replay = v.InferOutput<typeof Replay>;

export function toRemoteSession(replay: Replay): RemoteSession {
  const { traits, identified_user_id, duration_ms, start_time, end_time, event_count, replay_source } = replay;
  const durationMs = duration_ms ?? (typeof end_time === 'number' ? Math.max(0, end_time - start_time) : undefined);
  return {
    remoteId: replay.session_id,
    user: traits?.email || identified_user_id || traits?.name || replay.user_id,
    startedAt: start_time,
    ...(durationMs !== undefined && { durationMs }),
    ...(typeof event_count === 'number' && { eventCount: event_count }),
    entryPage: withoutQuery(replay.page_url),
    browser: `${replay.browser} ${replay.browser_version}`.trim(),
    ...(replay_source === 'react-native' && { isMobile: true }),
  };
}
