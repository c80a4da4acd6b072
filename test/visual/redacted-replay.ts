import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { isRecord } from '../../src-main/core/recording/json';
import { EventType, IncrementalSource } from '../../src-main/core/recording/events';
import { createEntityCollector } from '../../src-main/core/redaction/entities';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { createRedactor, relativeStart } from '../../src-main/core/redaction/redact';
import { toSession } from '../helpers/redacted-session';

/** Redacts a recording as an export does, but keeps the clock of the original, so that both can seek to the same moment. */
export function redactOnOriginalClock(events: readonly RecordedEvent[], policyName: string): RecordedEvent[] {
  const session = toSession(events);
  const policy = findPolicy(policyName);
  const startedAt = startOf(events);
  const entities = createEntityCollector();
  for (const event of session) entities.add(event);
  const redactor = createRedactor(policy, { startedAt, entities: entities.finish() });
  const redacted = [...session.flatMap((event) => redactor.redact(event)), ...redactor.finish()];
  const shift = policy.times === 'relative' ? startedAt - relativeStart : 0;
  return redacted.map(({ event }) => ({ ...event, timestamp: event.timestamp + shift }));
}

export const startOf = (events: readonly RecordedEvent[]): number => events[0]?.timestamp ?? 0;

/** Returns the events that replace or resize the page, in order: the kind of each and its time in whole ms from the start. */
export function outlineOf(events: readonly RecordedEvent[]): string[] {
  return events.flatMap((event) => {
    const kind = kindOf(event);
    return kind === undefined ? [] : [`${kind} at ${Math.round(event.timestamp - startOf(events))}`];
  });
}

function kindOf({ type, data }: RecordedEvent): string | undefined {
  if (type === EventType.Meta) return 'address';
  if (type === EventType.FullSnapshot) return 'snapshot';
  const isResize = isRecord(data) && data.source === IncrementalSource.ViewportResize;
  return type === EventType.IncrementalSnapshot && isResize ? 'size' : undefined;
}
