import type { Policy } from '../../src-main/contract/policy';
import type { RecordedEvent, SessionEvent } from '../../src-main/contract/recorded-event';
import { prepareExport } from '../../src-main/core/export/prepare';
import { createEntityCollector } from '../../src-main/core/redaction/entities';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { createRedactor } from '../../src-main/core/redaction/redact';

/** Events that are parsed at once, as in the worker; a complete recording of parsed events would measure garbage collection. */
const batch = 500;

export interface MaskTimes {
  /** Both passes of the redaction: collecting private values, and masking. */
  ms: number;
  collectMs: number;
  redactMs: number;
  /** `JSON.parse` of the same events. */
  jsonMs: number;
  eventsOut: number;
  /** CPU time for all of that and for parsing in the first pass; depends less on what else the machine does. */
  cpuMs: number;
}

/** Redacts a recording, given as one text per event, without reading, timeline, gate and writing. */
export function timeMask(lines: readonly string[], policyName: string): MaskTimes {
  const policy = findPolicy(policyName);
  const collector = createEntityCollector();
  const times = { collectMs: 0, redactMs: 0, jsonMs: 0, eventsOut: 0 };
  const cpu = process.cpuUsage();
  const measured = (field: 'collectMs' | 'redactMs' | 'jsonMs', work: () => void): void => {
    const started = performance.now();
    work();
    times[field] += performance.now() - started;
  };
  for (let at = 0; at < lines.length; at += batch) {
    const events = parse(lines, at);
    measured('collectMs', () => events.forEach((event) => collector.add(event)));
  }
  let redactor: ReturnType<typeof createRedactor> | undefined;
  measured('redactMs', () => (redactor = start(policy, lines, collector.finish())));
  for (let at = 0; at < lines.length; at += batch) {
    let events: SessionEvent[] = [];
    measured('jsonMs', () => (events = parse(lines, at)));
    measured('redactMs', () => {
      for (const event of events) times.eventsOut += redactor?.redact(event).length ?? 0;
    });
  }
  const { user, system } = process.cpuUsage(cpu);
  return { ...times, ms: times.collectMs + times.redactMs, cpuMs: (user + system) / 1000 };
}

function start(
  policy: Policy,
  lines: readonly string[],
  entities: ReturnType<ReturnType<typeof createEntityCollector>['finish']>,
): ReturnType<typeof createRedactor> {
  return createRedactor(policy, { startedAt: timeOfFirst(lines), entities });
}

/** Returns the duration of everything before the gate, ms: redaction, the gate's search values, timeline and the written recording. */
export async function timePrepare(lines: readonly string[], policyName: string): Promise<number> {
  const events = {
    *[Symbol.iterator]() {
      for (let at = 0; at < lines.length; at += batch) yield* parse(lines, at);
    },
  };
  const started = performance.now();
  await prepareExport(events, { policy: findPolicy(policyName), notes: [], startedAt: timeOfFirst(lines) });
  return performance.now() - started;
}

function timeOfFirst([first]: readonly string[]): number {
  return first === undefined ? 0 : (JSON.parse(first) as RecordedEvent).timestamp;
}

function parse(lines: readonly string[], at: number): SessionEvent[] {
  return lines
    .slice(at, at + batch)
    .map((line): SessionEvent => ({ windowId: 'tab', event: JSON.parse(line) as RecordedEvent }));
}
