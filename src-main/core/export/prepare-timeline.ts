import type { SessionEvent } from '../../contract/recorded-event';
import { clockOf, knownClock } from '../../contract/shared/timeline-order';
import type { TimelineEntry } from '../../contract/timeline';
import { consolePlugin, EventType, networkPlugin } from '../recording/events';
import { createMemoryStore } from '../recording/normalise/normalise';
import { createOriginalsCollector } from '../leak-check';
import { createEntityCollector, withLiterals } from '../redaction/entities';
import { createRedactor, relativeStart } from '../redaction/redact';
import { allowedBy } from './allowed-by';
import { redactStored } from './entry-redaction';
import { withMaskedNotes } from './own-texts';
import type { PreparedExport, PrepareOptions } from './prepare';
import { RecordingWriter } from './redacted-recording';

export type PrepareTimelineOptions = Pick<
  PrepareOptions,
  'policy' | 'notes' | 'startedAt' | 'clock' | 'pseudonyms' | 'literals'
> & { durationMs: number };

/**
 * Prepares a session for export of which only the timeline exists, because its platform provides no recording or the recording has no
 * page. Its quotes are redacted by the same rules as the texts of a recording.
 */
export async function prepareTimeline(
  entries: readonly TimelineEntry[],
  {
    policy,
    notes,
    startedAt,
    clock = clockOf(startedAt),
    pseudonyms,
    literals = [],
    durationMs,
  }: PrepareTimelineOptions,
): Promise<PreparedExport> {
  const collector = createEntityCollector();
  const originals = createOriginalsCollector(allowedBy(policy));
  for (const entry of entries) {
    for (const event of eventsOf(entry, startedAt)) {
      collector.add(event);
      originals.add(event);
    }
  }
  const entities = withLiterals(collector.finish(), literals);
  const redactor = createRedactor(policy, { startedAt, entities, pseudonyms });
  const isTimed = policy.times === 'absolute' && knownClock(startedAt) !== null;
  const wallStart = isTimed ? startedAt : null;
  const prepared = {
    recording: await new RecordingWriter(createMemoryStore()).finish(),
    windows: new Map(),
    entries: redactStored(entries, redactor, wallStart, false),
    notes: [],
    report: { ...redactor.report(), eventsIn: entries.length, eventsOut: entries.length },
    zeroAt: isTimed ? startedAt : relativeStart,
    startedAt: wallStart,
    clock,
    durationMs,
    hasLeftOut: false,
    originals: originals.finish(),
    entities,
  };
  return withMaskedNotes(prepared, notes, policy, pseudonyms);
}

/** Returns the quotes of an entry as the events in which a recording would contain them, to collect their private values. */
function* eventsOf({ atMs, windowId, quotes = {} }: TimelineEntry, startedAt: number): Generator<SessionEvent> {
  const event = (type: number, data: unknown): SessionEvent => ({
    windowId,
    event: { type, data, timestamp: startedAt + atMs },
  });
  const { page, route, message, user, name, card, title, label, text } = quotes;
  for (const address of [page, route]) {
    if (address === undefined) continue;
    const url = address.startsWith('/') ? address : `https://${address}`;
    yield event(EventType.Plugin, { plugin: `${networkPlugin}@1`, payload: { requests: [{ name: url }] } });
  }
  if (message !== undefined) {
    const payload = { level: 'error', payload: [JSON.stringify(message)], trace: [] };
    yield event(EventType.Plugin, { plugin: `${consolePlugin}@1`, payload });
  }
  if (user !== undefined) yield event(EventType.Custom, { tag: 'identify', payload: { name: user } });
  for (const shown of [name, card, title, label, text]) {
    if (shown !== undefined) yield event(EventType.Annotation, { type: 'caption', text: shown });
  }
}
