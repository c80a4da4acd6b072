import { EventType, IncrementalSource } from '@rrweb/types';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';

const userSources: ReadonlySet<unknown> = new Set([
  IncrementalSource.MouseMove,
  IncrementalSource.MouseInteraction,
  IncrementalSource.Scroll,
  IncrementalSource.Input,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
  IncrementalSource.MediaInteraction,
  IncrementalSource.ViewportResize,
]);

/** A pause of the user that is longer than this is skipped over, in ms; a little of it stays at both ends. */
const idleMs = 5000;
const leadMs = 700;

/** Times at which the user did something, in ms since `startedAt` (the recorder's clock), ascending. */
export function findActivity(events: readonly RecordedEvent[], startedAt: number): number[] {
  return events.filter(isActivity).map((event) => event.timestamp - startedAt);
}

function isActivity({ type, data }: RecordedEvent): boolean {
  if (type !== EventType.IncrementalSnapshot) return type === EventType.FullSnapshot;
  return typeof data === 'object' && data !== null && 'source' in data && userSources.has(data.source);
}

/** Where playing should jump to from here, or undefined where the user is busy or about to be. */
export function skipTarget(activity: readonly number[], atMs: number): number | undefined {
  let low = 0;
  let high = activity.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((activity[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  const last = activity[low - 1] ?? 0;
  const next = activity[low];
  if (next === undefined || next - last < idleMs || atMs - last < leadMs || next - atMs <= leadMs) return undefined;
  return next - leadMs;
}
