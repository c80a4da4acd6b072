import type { CasePosition } from '../../contract/case-position';
import { orderLines, placeSessions } from '../../contract/shared/timeline-order';
import type { RedactionReport } from '../../contract/policy';
import { joinOriginals } from '../leak-check';
import { relativeStart } from '../redaction/redact';
import type { ReportNote } from '../timeline/formats/document';
import type { PreparedExport, PreparedTimeline } from './prepare';

/**
 * Joins several sessions into one timeline by their clocks, even if the policy hides the clocks: their order and their distances stay.
 * Times count from the first moment of all sessions; each entry also has the time since the start of its session. Sessions whose place
 * in time is unknown come last, one after another. A single session is returned unchanged.
 */
export function joinPrepared(prepared: readonly PreparedExport[]): PreparedTimeline {
  const [first] = prepared;
  if (!first) throw new RangeError('nothing to join');
  if (prepared.length === 1) return first;
  const places = placeSessions(prepared.map(({ clock }) => clock));
  const sessions = prepared.flatMap((session, ordinal) => {
    const place = places[ordinal];
    return place ? [{ ...session, place, ordinal }] : [];
  });
  const lines = sessions.flatMap(({ entries, place, ordinal }) =>
    entries.map((entry) => ({ entry, place, sessionMs: entry.atMs, ordinal })),
  );
  const starts = prepared.flatMap(({ startedAt }) => startedAt ?? []);
  const ends = sessions.flatMap(({ place, durationMs }) => (place.group === 0 ? [place.offsetMs + durationMs] : []));
  return {
    entries: orderLines(lines).map(({ entry, place: { offsetMs, origin }, sessionMs, ordinal }) => ({
      ...entry,
      atMs: offsetMs + sessionMs,
      session: { number: ordinal + 1, atMs: sessionMs, origin },
    })),
    notes: joinNotes(sessions),
    report: prepared.map(({ report }) => report).reduce(addReports),
    // Only entries without a clock count from here.
    zeroAt: relativeStart,
    startedAt: starts.length === 0 ? null : Math.min(...starts),
    durationMs: Math.max(...ends),
    hasLeftOut: prepared.some(({ hasLeftOut }) => hasLeftOut),
    missing: prepared.flatMap(({ missing = [] }) => missing),
    sessions: { starts: places.map(({ origin, offsetMs }) => (origin === 'case' ? offsetMs : null)) },
    originals: joinOriginals(prepared.map(({ originals }) => originals)),
  };
}

type PlacedSession = Pick<PreparedExport, 'notes'> &
  Pick<Parameters<typeof orderLines>[0][number], 'place' | 'ordinal'>;

/** Joins notes in the order of the entries. Their ids, which are unique in a session only, get the number of the session. */
function joinNotes(sessions: readonly PlacedSession[]): ReportNote[] {
  const lines = sessions.flatMap(({ notes, place, ordinal }) =>
    notes.map((note) => ({ note, place, sessionMs: note.atMs, ordinal })),
  );
  return orderLines(lines).map(({ note, place: { offsetMs, origin }, sessionMs, ordinal }) => ({
    ...note,
    id: `${ordinal + 1}-${note.id}`,
    atMs: offsetMs + sessionMs,
    ...(note.endMs !== undefined && { endMs: offsetMs + note.endMs }),
    session: { number: ordinal + 1, atMs: sessionMs, origin },
  }));
}

/**
 * Returns the positions of sessions for a case file, so that a reader can merge them although their clocks are hidden. Undefined for a
 * session whose clock is exported, or that shares its clock with no other.
 */
export function casePositions(
  prepared: readonly Pick<PreparedExport, 'clock' | 'startedAt'>[],
): (CasePosition | undefined)[] {
  const places = placeSessions(prepared.map(({ clock }) => clock));
  return prepared.map(({ startedAt }, ordinal) => {
    const place = places[ordinal];
    const isAlone = places.filter(({ group }) => group === place?.group).length < 2;
    if (!place || isAlone || startedAt !== null) return undefined;
    return { clock: place.group, offsetMs: Math.round(place.offsetMs) };
  });
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
    ...((a.repaired ?? b.repaired) && { repaired: addCounts(a.repaired ?? {}, b.repaired ?? {}) }),
  };
}

function addCounts(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [channel, count] of Object.entries(b)) sum[channel] = (sum[channel] ?? 0) + count;
  return sum;
}
