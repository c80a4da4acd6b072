import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import { CursorTrail } from '../cursor-trail';
import type { FetchPort, OpenOptions, OpenRecording, RecordingPart, RecordingState } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { takeNextCursor } from './link-header';
import { readRemoteId, type ReplayName, type SentryProject } from './project';
import { Replay } from './replay';
import { replaysPath } from './search';

const shortLimitBytes = 4_000_000;
/** Segments per page; the platform's maximum. */
const pageSize = 100;
/** A replay lasts at most 60 minutes, with a segment every five seconds. */
const pagesLimit = 500;

/** Sentry's recorder ends a replay after an hour, or after this long without user activity. */
const longestMs = 60 * 60_000;
const idleMs = 15 * 60_000;
/** The time until segments are available. */
const lateMs = 5 * 60_000;

const Details = v.object({ data: Replay });
/** The resume token of the first page, which has no cursor. */
const firstPage = 'first';

export function openSentry(
  fetch: FetchPort,
  project: SentryProject,
  remoteId: string,
  options: OpenOptions = {},
): OpenRecording {
  const state: RecordingState = { completeness: [], mutableUntil: undefined };
  return { parts: readParts(fetch, project, remoteId, options, state), facts: () => ({ ...state }) };
}

async function* readParts(
  fetch: FetchPort,
  project: SentryProject,
  remoteId: string,
  { resume, signal }: OpenOptions,
  state: RecordingState,
): AsyncGenerator<RecordingPart> {
  const name = readRemoteId(remoteId);
  if (!name || (resume !== undefined && !/^[\w:.-]{1,200}$/.test(resume))) throw new CasementError('remote-not-found');
  const total = await readDetails(fetch, project, name, state, signal);
  const base = `/api/0/projects/${project.organization}/${name.projectId}/replays/${name.replayId}/recording-segments/`;
  const trail = new CursorTrail(pagesLimit);
  let cursor = resume === firstPage ? undefined : resume;
  for (let pages = 1; ; pages++) {
    trail.note(cursor);
    // Without `download` the reply lists the addresses of the segments.
    const params = new URLSearchParams({ download: 'true', per_page: String(pageSize) });
    if (cursor !== undefined) params.set('cursor', cursor);
    const reply = await fetch({ method: 'GET', path: `${base}?${params.toString()}`, signal });
    expectOk(reply, 'session');
    expectRecording(reply);
    const next = takeNextCursor(reply);
    // The last page may receive more segments while the session continues, so it is requested again.
    const end = { resume: next ?? cursor ?? firstPage };
    // The number of earlier segments is only known if the pull started at the beginning.
    const done = next === undefined ? total : Math.min(pages * pageSize, total);
    yield* streamDocument(reply, total > 0 && resume === undefined ? { ...end, progress: { done, total } } : end);
    if (next === undefined) return;
    cursor = next;
  }
}

/** Returns the number of segments, 0 if unknown. Throws `remote-deleted` for an archived replay. */
async function readDetails(
  fetch: FetchPort,
  project: SentryProject,
  { replayId }: ReplayName,
  state: RecordingState,
  signal: AbortSignal | undefined,
): Promise<number> {
  const reply = await fetch({ method: 'GET', path: `${replaysPath(project)}${replayId}/`, signal });
  expectOk(reply, 'session');
  const { data } = checkShape(Details, await reply.json(shortLimitBytes));
  if (data.is_archived) throw new CasementError('remote-deleted');
  const { started_at, finished_at, count_segments } = data;
  if (typeof started_at === 'number') {
    const idleEnd = (finished_at ?? Infinity) + idleMs;
    state.mutableUntil = Math.min(started_at + longestMs, idleEnd) + lateMs;
  }
  return count_segments ?? 0;
}
