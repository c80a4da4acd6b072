import type { PreparedExport, PreparedTimeline } from './prepare';
import { joinOriginals } from '../leak-check';
import { hasSeveralWindows, type ReportNote } from '../timeline/formats/document';
import type { RedactionReport } from '../../contract/policy';
import { knownClock, orderByClock } from '../../contract/shared/timeline-order';
import { joinedWords } from '../../contract/words/timeline';

/**
 * Joins several recordings into one timeline by the time of day; recordings without one come last. The window of each entry names its
 * session, and its relative time counts from the start of that session. A single recording is returned unchanged.
 */
export function joinPrepared(prepared: readonly PreparedExport[]): PreparedTimeline {
  const [first] = prepared;
  if (!first) throw new RangeError('nothing to join');
  if (prepared.length === 1) return first;
  const lines = prepared.flatMap(({ entries }, ordinal) => {
    const hasWindows = hasSeveralWindows(entries);
    return entries.map((entry) => ({
      ...entry,
      wallMs: knownClock(entry.wallMs),
      windowId: joinedWords.session(ordinal + 1, hasWindows ? entry.windowId : ''),
      ordinal,
    }));
  });
  const clocks = prepared.map(({ startedAt }) => knownClock(startedAt));
  const starts = clocks.filter((clock) => clock !== null);
  const withoutClock = prepared.find((_, ordinal) => clocks[ordinal] === null);
  return {
    entries: orderByClock(lines).map(({ ordinal: _ordinal, ...entry }) => entry),
    notes: joinNotes(prepared),
    report: prepared.map(({ report }) => report).reduce(addReports),
    // Only sessions without a clock count from here.
    zeroAt: (withoutClock ?? first).zeroAt,
    startedAt: starts.length === 0 ? null : Math.min(...starts),
    durationMs: Math.max(...prepared.map(({ durationMs }) => durationMs)),
    sessions: { count: prepared.length, withoutClock: clocks.length - starts.length },
    originals: joinOriginals(prepared.map(({ originals }) => originals)),
  };
}

/** Joins notes in the order of the clock, like the entries. Each names its session and counts from the start of that session. */
function joinNotes(prepared: readonly PreparedExport[]): ReportNote[] {
  const lines = prepared.flatMap(({ notes, startedAt }, ordinal) =>
    notes.map((note) => ({ note, ordinal, wallMs: startedAt === null ? null : knownClock(startedAt + note.atMs) })),
  );
  return orderByClock(lines).map(({ note, ordinal }) => ({ ...note, session: joinedWords.session(ordinal + 1, '') }));
}

/** Adds two reports up, under the policy of the first. */
export function addReports(a: RedactionReport, b: RedactionReport): RedactionReport {
  return {
    ...a,
    eventsIn: a.eventsIn + b.eventsIn,
    eventsOut: a.eventsOut + b.eventsOut,
    masked: addCounts(a.masked, b.masked),
    dropped: addCounts(a.dropped, b.dropped),
    entities: addCounts(a.entities, b.entities),
    rules: addCounts(a.rules, b.rules),
    unknown: addCounts(a.unknown, b.unknown),
  };
}

function addCounts(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [channel, count] of Object.entries(b)) sum[channel] = (sum[channel] ?? 0) + count;
  return sum;
}
