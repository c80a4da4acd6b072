import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { resourcePath } from './fixtures';

export interface PlainEvent {
  type: number;
  timestamp: number;
  data: unknown;
}

/** Returns the events of the demo's newest session, sorted, with times moved by some milliseconds so that no two are equal. */
export function readDemoEvents(): PlainEvent[] {
  const recorded = JSON.parse(
    gunzipSync(readFileSync(resourcePath('demo/harbor-checkout.json.gz'))).toString('utf8'),
  ) as PlainEvent[];
  let last = 0;
  return recorded
    .sort((a, b) => a.timestamp - b.timestamp)
    .map((event) => ({ ...event, timestamp: (last = Math.max(event.timestamp, last + 1)) }));
}

/** Cuts events into `count` slices of about the same length. */
export function cutEvents(events: readonly PlainEvent[], count: number): PlainEvent[][] {
  const at = (index: number): number => Math.round((events.length * index) / count);
  return Array.from({ length: count }, (_, index) => events.slice(at(index), at(index + 1)));
}
