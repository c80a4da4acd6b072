import * as v from 'valibot';
import type { RemoteSession } from '../../../contract/session';
import { Moment } from '../read-moment';
import { withoutQuery } from '../without-query';
import { writeRemoteId } from './project';

const shortText = v.nullish(v.pipe(v.string(), v.maxLength(1000)), '');
const Count = v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
/** Numbers that are used as names. They are exact if JSON can represent them. */
const Id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.regex(/^\d{1,20}$/),
);

const User = v.object({
  id: v.nullish(v.union([v.pipe(v.string(), v.maxLength(1000)), v.number()]), ''),
  email: shortText,
  username: shortText,
  display_name: shortText,
});

/** A replay's metadata. An archived replay has only its id. */
export const Replay = v.object({
  // With or without dashes.
  id: v.pipe(
    v.string(),
    v.transform((id) => id.replaceAll('-', '').toLowerCase()),
    v.regex(/^[0-9a-f]{32}$/),
  ),
  project_id: v.nullish(Id),
  started_at: v.nullish(Moment),
  finished_at: v.nullish(Moment),
  user: v.nullish(User),
  urls: v.nullish(v.pipe(v.array(v.nullable(v.string())), v.maxLength(5000))),
  error_ids: v.nullish(v.pipe(v.array(v.string()), v.maxLength(10_000))),
  count_errors: Count,
  count_segments: Count,
  is_archived: v.nullish(v.boolean(), false),
  browser: v.nullish(v.object({ name: shortText, version: shortText })),
});
export type Replay = v.InferOutput<typeof Replay>;

/** Returns undefined for an archived replay: its recording is deleted. */
export function toRemoteSession(replay: Replay): RemoteSession | undefined {
  const { id, project_id, started_at, finished_at, user, urls, count_errors, error_ids, browser } = replay;
  if (replay.is_archived || !project_id || typeof started_at !== 'number') return undefined;
  const errorCount = count_errors ?? error_ids?.length;
  return {
    remoteId: writeRemoteId({ projectId: project_id, replayId: id }),
    user: user?.email || user?.username || user?.display_name || String(user?.id ?? ''),
    startedAt: started_at,
    ...(typeof finished_at === 'number' && { durationMs: Math.max(0, finished_at - started_at) }),
    entryPage: withoutQuery(urls?.[0] ?? ''),
    ...(errorCount !== undefined && { errorCount }),
    browser: `${browser?.name ?? ''} ${browser?.version ?? ''}`.trim(),
  };
}
