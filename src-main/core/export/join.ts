import type { PreparedExport, PreparedTimeline } from './prepare';
import { joinOriginals } from '../redaction/leak-check';
import type { RedactionReport } from '../../contract/policy';

/**
 * Several recordings as one timeline: one after the other, each from its own zero, told apart by the window, which becomes the
 * recording's ordinal. One recording stays as it is.
 */
export function joinPrepared(prepared: PreparedExport[]): PreparedTimeline {
  const [first] = prepared;
  if (!first) throw new RangeError('nothing to join');
  if (prepared.length === 1) return first;
  return {
    entries: prepared.flatMap(({ entries }, ordinal) =>
      entries.map((entry) => ({ ...entry, windowId: `recording ${ordinal + 1}` })),
    ),
    notes: prepared.flatMap(({ notes }) => notes),
    report: prepared.map(({ report }) => report).reduce(addReports),
    zeroAt: first.zeroAt,
    startedAt: null,
    durationMs: Math.max(...prepared.map(({ durationMs }) => durationMs)),
    originals: joinOriginals(prepared.map(({ originals }) => originals)),
  };
}

function addReports(a: RedactionReport, b: RedactionReport): RedactionReport {
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
