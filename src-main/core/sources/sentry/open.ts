import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape } from '../check-reply';
import { CursorTrail } from '../cursor-trail';
import type { FetchPort, OpenOptions, OpenRecording, RecordingPart, RecordingState } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { SegmentCounter } from './count-segments';
import { takeNextCursor } from './link-header';
import { readRemoteId, type ReplayName, type SentryProject } from './project';
import { expectSentry } from './refusal';
import { Replay } from './replay';
import { replaysPath, segmentsPath } from './search';

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

/** The segments before a page: all that the platform sent in some form, and those that arrived. */
interface Counted {
  total: number;
  received: number;
}

export function openSentry(
  fetch: FetchPort,
  project: SentryProject,
  remoteId: string,
  options: OpenOptions = {},
): OpenRecording {
  const reading = new Reading(fetch, project, remoteId, options);
  return { parts: reading.parts(), facts: () => reading.state() };
}

/** A replay being downloaded, page by page. */
class Reading {
  private counted: Counted = { total: 0, received: 0 };
  /** The number of segments that the platform announces; 0 if it doesn't say. */
  private announced = 0;
  private mutableUntil: number | undefined;

  constructor(
    private readonly fetch: FetchPort,
    private readonly project: SentryProject,
    private readonly remoteId: string,
    private readonly options: OpenOptions,
  ) {}

  state(): RecordingState {
    const { counted, announced, mutableUntil } = this;
    const expected = Math.max(announced, counted.total);
    return { completeness: [{ unit: 'segments', received: counted.received, expected }], mutableUntil };
  }

  async *parts(): AsyncGenerator<RecordingPart> {
    const name = readRemoteId(this.remoteId);
    if (!name) throw new CasementError('remote-not-found');
    let { cursor, before } = readResume(this.options.resume);
    this.counted = before;
    await this.readDetails(name);
    const trail = new CursorTrail(pagesLimit);
    for (;;) {
      trail.note(cursor);
      const { reply, next } = await this.askPage(name, cursor);
      const counter = new SegmentCounter();
      for await (const part of streamDocument(reply, {}, (bytes) => counter.see(bytes))) {
        if (!part.isDocumentEnd) {
          yield part;
          continue;
        }
        const after = { total: before.total + counter.total, received: before.received + counter.filled };
        this.counted = after;
        // The last page may receive more segments while the session continues, so it is requested again.
        const resume = next === undefined ? writeResume(cursor, before) : writeResume(next, after);
        const { announced } = this;
        const progress = announced > 0 && { progress: { done: Math.min(after.total, announced), total: announced } };
        yield { ...part, resume, ...progress };
        before = after;
      }
      if (next === undefined) break;
      cursor = next;
    }
    if (this.counted.received > 0) return;
    // For an archived replay, and while the storage is not available, Sentry sends an empty page, too.
    throw new CasementError(this.counted.total > 0 ? 'remote-lost' : 'remote-no-data');
  }

  private async askPage(name: ReplayName, cursor: string | undefined) {
    const { fetch, project, options } = this;
    // Older versions list the addresses of the segments without `download`.
    const params = new URLSearchParams({ download: 'true', per_page: String(pageSize) });
    if (cursor !== undefined) params.set('cursor', cursor);
    const path = `${segmentsPath(project, name)}?${params.toString()}`;
    const reply = await fetch({ method: 'GET', path, signal: options.signal });
    await expectSentry(fetch, project, reply, 'segments', options.signal);
    expectRecording(reply);
    return { reply, next: takeNextCursor(reply) };
  }

  /** Throws `remote-deleted` for an archived replay. */
  private async readDetails({ projectId, replayId }: ReplayName): Promise<void> {
    const { fetch, project, options } = this;
    const path = `${replaysPath(project)}${replayId}/`;
    const reply = await fetch({ method: 'GET', path, signal: options.signal });
    await expectSentry(fetch, project, reply, 'replay', options.signal);
    const { data } = checkShape(Details, await reply.json(shortLimitBytes));
    if (data.is_archived) throw new CasementError('remote-deleted');
    // The segments of a replay in another project are an empty list, like those of one that is not available.
    if (data.project_id && data.project_id !== projectId) throw new CasementError('remote-not-found');
    const { started_at, finished_at, count_segments } = data;
    if (typeof started_at === 'number') {
      const idleEnd = (finished_at ?? Infinity) + idleMs;
      this.mutableUntil = Math.min(started_at + longestMs, idleEnd) + lateMs;
    }
    this.announced = count_segments ?? 0;
  }
}

/** Returns the resume token of a page: its cursor, and the segments before it. */
function writeResume(cursor: string | undefined, { total, received }: Counted): string {
  return `${cursor ?? firstPage}~${total}~${received}`;
}

/** Throws `remote-not-found` for an invalid token, and `remote-changed` for one of a version that didn't count. */
function readResume(resume: string | undefined): { cursor: string | undefined; before: Counted } {
  if (resume === undefined) return { cursor: undefined, before: { total: 0, received: 0 } };
  const [, cursor, , total, received] = /^([\w:.-]{1,200})(~(\d{1,7})~(\d{1,7}))?$/.exec(resume) ?? [];
  if (cursor === undefined) throw new CasementError('remote-not-found');
  if (total === undefined) throw new CasementError('remote-changed');
  return {
    cursor: cursor === firstPage ? undefined : cursor,
    before: { total: Number(total), received: Number(received) },
  };
}
