import * as v from 'valibot';
import type { Completeness } from '../../../contract/completeness';
import { CasementError } from '../../../contract/errors';
import { isFiniteNumber } from '../../recording/json';
import { expectOk } from '../check-reply';
import { CursorTrail } from '../cursor-trail';
import type { FetchPort, OpenOptions, OpenRecording, RecordingPart, RecordingState } from '../source';
import { RecordConverter } from './convert';
import { listEvents, retention, term } from './events';
import { readSegments, type Segment } from './segments';

const eventsAsked = 1000;
const pagesLimit = 500;
/** The id of a session or a view. */
export const Id = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
/** The lines of a part: small enough to send one while the next is created. */
const linesInPart = 500;

interface View {
  id: string;
  tab: string;
  /** The number of segments by the recorder's count; undefined if it isn't reported. */
  segments: number | undefined;
}

interface Counts {
  segments: { received: number; expected: number };
  records: { received: number; expected: number };
}

/** After `done` views, the last of which is `last`; with the counts of all before it. */
interface ResumePoint {
  done: number;
  last: string;
  counts: Counts;
}

export function openDatadog(fetch: FetchPort, sessionId: string, options: OpenOptions = {}): OpenRecording {
  const state: RecordingState = { completeness: [], mutableUntil: undefined };
  return { parts: readSession(fetch, sessionId, options, state), facts: () => ({ ...state }) };
}

async function* readSession(
  fetch: FetchPort,
  sessionId: string,
  { resume, signal }: OpenOptions,
  state: RecordingState,
): AsyncGenerator<RecordingPart> {
  if (!v.is(Id, sessionId)) throw new CasementError('remote-not-found');
  const recent = await listViews(fetch, sessionId, retention.usual, signal);
  const views = recent.length > 0 ? recent : await listViews(fetch, sessionId, retention.longest, signal);
  if (views.length === 0) throw new CasementError('remote-not-found');
  const point = resume === undefined ? undefined : readResume(resume, views);
  const counts = point?.counts ?? none();
  state.completeness = toCompleteness(counts);
  for (const [index, view] of views.entries()) {
    if (index < (point?.done ?? 0)) continue;
    const segments = await readView(fetch, sessionId, view, signal);
    countSegments(segments, view, counts);
    yield* toParts(segments, view, counts);
    state.completeness = toCompleteness(counts);
    const done = index + 1;
    yield {
      bytes: new Uint8Array(),
      isDocumentEnd: true,
      resume: writeResume({ done, last: view.id, counts }),
      progress: { done, total: views.length },
    };
  }
  if (counts.records.received === 0) throw new CasementError('remote-not-found');
}

/** Returns the views of a session in the order in which they began, each once. */
async function listViews(
  fetch: FetchPort,
  sessionId: string,
  from: string,
  signal: AbortSignal | undefined,
): Promise<View[]> {
  const views = new Map<string, View>();
  const trail = new CursorTrail(pagesLimit);
  let cursor: string | undefined;
  do {
    trail.note(cursor);
    const query = `@type:view ${term('session.id', sessionId)}`;
    const page = await listEvents(fetch, { query, from, sort: 'timestamp', limit: eventsAsked, cursor }, signal);
    for (const { attributes } of page.events) {
      const { view, session, tab, _dd } = attributes;
      if (!v.is(Id, view?.id) || session?.has_replay === false) continue;
      const segments = _dd?.replay_stats?.segments_count ?? undefined;
      views.set(view.id, { id: view.id, tab: tab?.id ?? '1', segments });
    }
    ({ cursor } = page);
  } while (cursor !== undefined);
  return [...views.values()];
}

/** Returns the segments of a view, in their order. A view without any is empty. */
async function readView(
  fetch: FetchPort,
  sessionId: string,
  { id }: View,
  signal: AbortSignal | undefined,
): Promise<Segment[]> {
  const base = `/api/v2/rum/replay/sessions/${sessionId}/views/${id}/segments`;
  const segments: Segment[] = [];
  const trail = new CursorTrail(pagesLimit);
  let paging: string | undefined;
  do {
    trail.note(paging);
    const query = paging === undefined ? '' : `?${new URLSearchParams({ paging }).toString()}`;
    const reply = await fetch({ method: 'GET', path: `${base}${query}`, accept: '*/*', signal });
    if (reply.status === 404) {
      reply.discard();
      return segments;
    }
    expectOk(reply, 'session');
    const next = reply.headers['x-paging'];
    paging = next !== undefined && next !== '' && next.length <= 4000 ? next : undefined;
    segments.push(...(await readSegments(reply)));
  } while (paging !== undefined);
  return segments.sort((one, other) => (one.index ?? one.startMs) - (other.index ?? other.startMs));
}

function countSegments(segments: readonly Segment[], view: View, { segments: counts }: Counts): void {
  const indexes = segments.flatMap(({ index }) => index ?? []);
  const highest = indexes.length === 0 ? 0 : indexes.reduce((one, other) => Math.max(one, other)) + 1;
  counts.received += segments.length;
  counts.expected += Math.max(highest, segments.length, view.segments ?? 0);
}

/** Yields the events of a view as lines, each after the id of its tab. */
function* toParts(segments: readonly Segment[], view: View, { records: counts }: Counts): Generator<RecordingPart> {
  const converters = new Map<string, RecordConverter>();
  const encoder = new TextEncoder();
  let lines: string[] = [];
  const flush = (): RecordingPart => {
    const bytes = encoder.encode(lines.join(''));
    lines = [];
    return { bytes, isDocumentEnd: false, resume: undefined };
  };
  for (const { records, expected } of segments) {
    counts.expected += expected;
    for (const record of records) {
      // Parts of a page that record on their own count nodes on their own.
      const slot = typeof record.slotId === 'string' ? `/${record.slotId}` : '';
      const converter = converters.get(slot) ?? new RecordConverter();
      converters.set(slot, converter);
      const events = isFiniteNumber(record.timestamp) ? converter.convert(record) : undefined;
      if (!events) continue;
      counts.received++;
      for (const event of events) {
        const line = JSON.stringify([`${view.tab}${slot}`, { ...event, timestamp: record.timestamp }]);
        lines.push(`${line}\n`);
      }
      if (lines.length >= linesInPart) yield flush();
    }
  }
  if (lines.length > 0) yield flush();
}

const none = (): Counts => ({ segments: { received: 0, expected: 0 }, records: { received: 0, expected: 0 } });

function toCompleteness({ segments, records }: Counts): Completeness[] {
  return [
    { unit: 'segments', ...segments },
    { unit: 'events', ...records },
  ];
}

function writeResume({ done, last, counts: { segments, records } }: ResumePoint): string {
  return [done, last, segments.received, segments.expected, records.received, records.expected].join(':');
}

/** Throws `remote-changed` if the views before the position are others now. */
function readResume(resume: string, views: readonly View[]): ResumePoint {
  const [, done, last, ...counts] =
    /^(\d{1,6}):([0-9a-f-]{36}):(\d{1,9}):(\d{1,9}):(\d{1,9}):(\d{1,9})$/i.exec(resume) ?? [];
  if (done === undefined || views[Number(done) - 1]?.id !== last) throw new CasementError('remote-changed');
  const [received = 0, expected = 0, read = 0, announced = 0] = counts.map(Number);
  return {
    done: Number(done),
    last: last ?? '',
    counts: { segments: { received, expected }, records: { received: read, expected: announced } },
  };
}
