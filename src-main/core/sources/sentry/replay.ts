import * as v from 'valibot';
import type { RemoteSession } from '../../../contract/session';
import { Moment } from '../read-moment';
import { withoutQuery } from '../without-query';
import { writeRemoteId } from './project';

const shortText = v.nullish(v.pipe(v.string(), v.maxLength(20_000)), '');
const Count = v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
const Seconds = v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0)));
/** ClickHouse has no booleans: a row from there contains 0 or 1. */
const Flag = v.pipe(
  v.nullish(v.union([v.boolean(), v.number()]), false),
  v.transform((flag) => Boolean(flag)),
);
/** Numbers that are used as names. They are exact if JSON can represent them. */
const Id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.regex(/^\d{1,20}$/),
);

const User = v.object({
  id: v.nullish(v.union([v.pipe(v.string(), v.maxLength(20_000)), v.number()]), ''),
  email: shortText,
  username: shortText,
  display_name: shortText,
});

/** Returns the id of a replay without dashes; undefined if the text isn't one. */
export function readReplayId(text: string): string | undefined {
  const id = text
    .replace(/^\d{1,20}:/, '')
    .replaceAll('-', '')
    .toLowerCase();
  return /^[0-9a-f]{32}$/.test(id) ? id : undefined;
}

/**
 * A replay's metadata. Every field but the id may be null (getsentry/sentry, `replays/post_process.py` @002d8e67, ReplayDetailsResponse); an
 * archived replay has only its ids.
 */
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
  duration: Seconds,
  activity: v.nullish(v.pipe(v.number(), v.finite())),
  platform: shortText,
  sdk: v.nullish(v.object({ name: shortText })),
  urls: v.nullish(v.pipe(v.array(v.nullable(v.string())), v.maxLength(50_000))),
  error_ids: v.nullish(v.pipe(v.array(v.nullable(v.string())), v.maxLength(100_000))),
  count_errors: Count,
  count_segments: Count,
  is_archived: Flag,
  browser: v.nullish(v.object({ name: shortText, version: shortText })),
});
export type Replay = v.InferOutput<typeof Replay>;

/** Returns undefined for an archived replay: its recording is deleted. */
export function toRemoteSession(replay: Replay): RemoteSession | undefined {
  const { id, project_id, started_at, user, urls, count_errors, error_ids, browser } = replay;
  if (replay.is_archived || !project_id || typeof started_at !== 'number') return undefined;
  const errorCount = count_errors ?? error_ids?.length;
  const durationMs = durationOf(replay);
  const { activity } = replay;
  return {
    remoteId: writeRemoteId({ projectId: project_id, replayId: id }),
    user: user?.email || user?.username || user?.display_name || String(user?.id ?? ''),
    startedAt: started_at,
    ...(durationMs !== undefined && { durationMs }),
    entryPage: withoutQuery(urls?.[0] ?? ''),
    ...(errorCount !== undefined && { errorCount }),
    browser: `${browser?.name ?? ''} ${browser?.version ?? ''}`.trim(),
    ...(isMobile(replay) && { isMobile: true }),
    // Sentry rates the activity from 0 to 10.
    ...(typeof activity === 'number' && { activity: Math.min(1, Math.max(0, activity / 10)) }),
  };
}

function durationOf({ started_at, finished_at, duration }: Replay): number | undefined {
  if (typeof finished_at === 'number' && typeof started_at === 'number') return Math.max(0, finished_at - started_at);
  return typeof duration === 'number' ? Math.round(duration * 1000) : undefined;
}

/** The SDKs that record native apps. */
const mobileSdk = /android|cocoa|apple|\bios\b|flutter|dart|react-native|capacitor\.native/i;

const isMobile = ({ platform, sdk }: Replay): boolean => mobileSdk.test(`${platform} ${sdk?.name ?? ''}`);
