import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { isRecord } from '../../recording/json';
import { checkShape, errorForStatus } from '../check-reply';
import { readExactJson } from '../exact-json';
import type { OpenOptions, OpenRecording } from '../source';
import { toTimelineParts } from '../timeline-lines';
import { Count, firstMs, lastMs, pagesLimit, replyLimitBytes, SessionId, type Ask } from './protocol';
import { readOpenReplayEvents } from './timeline';
import { unescapeHtml } from './unescape-html';

const eventsAsked = 200;

/**
 * The columns that a timeline needs. Without them, OpenReplay returns an event's id, name, time, user and session only (openreplay/openreplay
 * dbb68105, backend/pkg/analytics/events/query.go, BuildSelectColumns).
 */
const columns = ['properties', '$properties', '$duration_s', '$current_url', '$auto_captured', 'issue_type'];

const Events = v.object({
  data: v.object({ total: v.nullish(Count), events: v.nullish(v.array(v.unknown()), []) }),
});

/** Requests a page of a session's events. Throws `remote-not-found` for an unknown session, if the server says so. */
export async function askEvents(
  ask: Ask,
  sessionId: string,
  body: object,
  signal?: AbortSignal,
): Promise<{ total: number | undefined; events: readonly unknown[] }> {
  const range = { startTimestamp: firstMs, endTimestamp: lastMs };
  const reply = await ask(`/sessions/${sessionId}/events`, { ...range, ...body }, signal);
  if (reply.status !== 200) {
    reply.discard();
    throw errorForStatus(reply, 'session');
  }
  const { total, events } = checkShape(Events, await readExactJson(reply, replyLimitBytes)).data;
  return { total: total ?? undefined, events };
}

/** `resume` is the number of the next page, and the number of events received before it. */
export function openEvents(ask: Ask, remoteId: string, { resume, signal }: OpenOptions = {}): OpenRecording {
  const counts = { received: 0, expected: 0 };
  async function* parts(): OpenRecording['parts'] {
    const [, firstPage, receivedBefore] = /^(\d{1,6}):(\d{1,9})$/.exec(resume ?? '1:0') ?? [];
    if (!v.is(SessionId, remoteId) || firstPage === undefined) throw new CasementError('remote-not-found');
    const start = Math.max(1, Number(firstPage));
    counts.received = Number(receivedBefore);
    let before: ReadonlySet<string> = new Set();
    for (let page = start; ; page++) {
      const { total, events } = await askEvents(
        ask,
        remoteId,
        { limit: eventsAsked, page, sortOrder: 'asc', columns },
        signal,
      );
      if (isRepeated(events, before)) throw new CasementError('remote-endless');
      // Events of the same millisecond may move from one page to the next, in place of others.
      const fresh = events.filter((event) => !before.has(idOf(event) ?? ''));
      before = new Set(events.flatMap((event) => idOf(event) ?? []));
      const read = readOpenReplayEvents(fresh.map(unescapeHtml));
      counts.received += fresh.length - read.unread;
      // OpenReplay leaves out rows that it can't read, and a page without rows has no total.
      counts.expected = Math.max(counts.expected, total ?? 0, (page - 1) * eventsAsked + events.length);
      if (counts.expected === 0) throw new CasementError('remote-not-found');
      const isLast = total === undefined ? events.length < eventsAsked : page * eventsAsked >= counts.expected;
      const next = isLast || page >= pagesLimit ? undefined : `${page + 1}:${counts.received}`;
      const done = Math.min((page - 1) * eventsAsked + events.length, counts.expected);
      for (const part of toTimelineParts(read.events)) {
        yield { ...part, resume: next, progress: { done, total: counts.expected } };
      }
      if (next !== undefined) continue;
      if (!isLast) counts.expected = Math.max(counts.expected, done + 1);
      return;
    }
  }
  return {
    parts: parts(),
    facts: () => ({ completeness: [{ unit: 'events', ...counts }], mutableUntil: undefined }),
  };
}

const idOf = (event: unknown): string | undefined =>
  isRecord(event) && typeof event.event_id === 'string' ? event.event_id : undefined;

/** Returns true if a page has only events of the page before: the server ignores the page's number. */
function isRepeated(events: readonly unknown[], before: ReadonlySet<string>): boolean {
  return events.length > 0 && before.size > 0 && events.every((event) => before.has(idOf(event) ?? ''));
}
