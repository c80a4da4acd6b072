import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { isRecord } from '../../src-main/core/recording/json';
import { EventType, IncrementalSource } from '../../src-main/core/recording/events';
import { createEntityCollector } from '../../src-main/core/redaction/entities';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { createRedactor, relativeStart } from '../../src-main/core/redaction/redact';
import { toSession } from '../helpers/redacted-session';

/** A recording as it would leave, but on the clock of the original, so that both can be asked for one moment. */
export function redactOnItsClock(events: readonly RecordedEvent[], policyName: string): RecordedEvent[] {
  const session = toSession(events);
  const policy = findPolicy(policyName);
  const startedAt = startOf(events);
  const entities = createEntityCollector();
  for (const event of session) entities.add(event);
  const redactor = createRedactor(policy, { startedAt, entities: entities.finish() });
  const written = [...session.flatMap((event) => redactor.redact(event)), ...redactor.finish()];
  const shift = policy.times === 'relative' ? startedAt - relativeStart : 0;
  return written.map(({ event }) => ({ ...event, timestamp: event.timestamp + shift }));
}

export const startOf = (events: readonly RecordedEvent[]): number => events[0]?.timestamp ?? 0;

/** What makes up a page as a whole, in order: the sort of each such event and its time in whole ms from the start. */
export function outlineOf(events: readonly RecordedEvent[]): string[] {
  return events.flatMap((event) => {
    const sort = sortOf(event);
    return sort === undefined ? [] : [`${sort} at ${Math.round(event.timestamp - startOf(events))}`];
  });
}

function sortOf({ type, data }: RecordedEvent): string | undefined {
  if (type === EventType.Meta) return 'address';
  if (type === EventType.FullSnapshot) return 'snapshot';
  const isResize = isRecord(data) && data.source === IncrementalSource.ViewportResize;
  return type === EventType.IncrementalSnapshot && isResize ? 'size' : undefined;
}
