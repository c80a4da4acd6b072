import { CasementError } from '../../contract/errors';
import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import type { RecordingFacts } from '../../contract/session';
import { damageWords } from '../../contract/words/recording';
import { findDamage } from './check-event';
import { EventType, incrementalData, IncrementalSource } from './events';
import { isRecord, listOf } from './json';
import { addMissingMetas, readMeta } from './page-size';
import type { ParsedRecording } from './parse';
import { DamageTally } from './parse/damage';
import { mendTimes } from './times';

/**
 * Turns events as found into events to rely on: checked, in the order of time, each once, a Meta before every full snapshot,
 * windows numbered. What had to be left out or put in is counted in the facts. The given events are not changed.
 * What Casement itself wrote repeats nothing by mistake: redaction may have made two different events alike, and both count
 * (`repeats: 'keep'`). Errors: recording-empty, recording-no-snapshot.
 */
export function normaliseRecording(
  parsed: ParsedRecording,
  { repeats = 'drop' }: { repeats?: 'drop' | 'keep' } = {},
): { events: SessionEvent[]; facts: RecordingFacts } {
  const damage = new DamageTally();
  damage.addAll(parsed.damage);

  const whole = parsed.events.filter(({ event }) => {
    const reason = findDamage(event);
    if (reason) damage.add(reason);
    return !reason;
  });
  const timed = sortByTime(mendTimes(whole, damage));
  const unique = repeats === 'keep' ? timed : dropRepeated(timed, damage);
  const { events, added } = addMissingMetas(numberWindows(unique));
  damage.add(damageWords.missingMeta, added);

  const [first] = events;
  if (!first) throw new CasementError('recording-empty');
  const windows = [...new Set(events.map(({ windowId }) => windowId))];
  const seeing = new Set(events.filter(({ event }) => event.type === EventType.FullSnapshot).map((e) => e.windowId));
  if (seeing.size === 0) throw new CasementError('recording-no-snapshot');
  damage.add(damageWords.blindWindow, windows.length - seeing.size);

  const meta = events.map(({ event }) => readMeta(event)).find((page) => page !== undefined);
  return {
    events,
    facts: {
      format: parsed.format,
      windows,
      events: events.length,
      startedAt: first.event.timestamp,
      durationMs: (events.at(-1) ?? first).event.timestamp - first.event.timestamp,
      counts: countKinds(events),
      damage: damage.list(),
      width: meta?.width ?? 0,
      height: meta?.height ?? 0,
    },
  };
}

/** What kind an event is, in rrweb's words: its type's name, or its source's for an incremental one. */
function kindOf({ type, data }: RecordedEvent): string {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return EventType[type] ?? 'Unknown';
  return IncrementalSource[Number(data.source)] ?? 'Unknown';
}

function countKinds(events: readonly SessionEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { event } of events) {
    const kind = kindOf(event);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Stable: events of one millisecond keep the order in which they were found. */
function sortByTime(events: readonly SessionEvent[]): SessionEvent[] {
  return [...events].sort((a, b) => a.event.timestamp - b.event.timestamp);
}

/** Platforms deliver the seams between two batches twice. Only what is the same to the last letter is taken for the same event. */
function dropRepeated(events: readonly SessionEvent[], damage: DamageTally): SessionEvent[] {
  let moment: number | undefined;
  let firsts = new Map<string, RecordedEvent>();
  let texts = new Set<string>();
  return events.filter(({ windowId, event }) => {
    if (setsState(event)) return true;
    if (event.timestamp !== moment) {
      moment = event.timestamp;
      firsts = new Map();
      texts = new Set();
    }
    // Writing an event out is dear: it is only done where a second one of its kind falls into the same millisecond.
    const kind = `${windowId} ${kindOf(event)}`;
    const first = firsts.get(kind);
    if (!first) {
      firsts.set(kind, event);
      return true;
    }
    texts.add(`${kind} ${JSON.stringify(first.data)}`);
    const text = `${kind} ${JSON.stringify(event.data)}`;
    const isRepeated = texts.has(text);
    if (isRepeated) damage.add(damageWords.repeated);
    texts.add(text);
    return !isRepeated;
  });
}

/** Recorders do write such events twice, and applying one again changes nothing. */
function setsState(event: RecordedEvent): boolean {
  if (incrementalData(event, IncrementalSource.Input) || incrementalData(event, IncrementalSource.Scroll)) return true;
  const mutation = incrementalData(event, IncrementalSource.Mutation);
  return mutation !== undefined && listOf(mutation.adds).length === 0 && listOf(mutation.removes).length === 0;
}

/**
 * Windows get the numbers 1, 2, … in the order in which they appear: platforms name them by ids that say nothing to a reader
 * and may lead back to a user. A recording that Casement wrote keeps its numbers.
 */
function numberWindows(events: readonly SessionEvent[]): SessionEvent[] {
  const ids = [...new Set(events.map(({ windowId }) => windowId))];
  if (ids.every((id) => /^[1-9]\d{0,3}$/.test(id))) return [...events];
  const numbers = new Map(ids.map((id, index) => [id, String(index + 1)]));
  return events.map(({ windowId, event }) => ({ windowId: numbers.get(windowId) ?? windowId, event }));
}
