import { EventType } from '@rrweb/types';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { DomModel } from '../../src-main/core/recording/model/dom-model';
import { writeKeyframe } from '../../src-main/core/recording/segments/keyframe';

/** A moment at which the two replays are compared, and the position of the keyframe before it. */
export interface Sample {
  atMs: number;
  /** Events before this index have happened at that moment. */
  to: number;
  /** The keyframe contains the effects of the events before this index. */
  from: number;
  /** JSON of the keyframe's events. */
  keyframe: string;
}

/** Segments are shorter than this, in events. */
const longestSegment = 4000;

/** Returns a random integer below the limit. */
export type Chance = (limit: number) => number;

/**
 * Returns the moments of a recording to compare, in order of time: its end, and random ones. Keyframes are taken where segments are cut,
 * between two timestamps, and never before a later full snapshot of the recorder, where replays begin anyway.
 */
export function takeSamples(
  events: readonly RecordedEvent[],
  chance: Chance,
  moments: number,
  keyframes: number,
): Sample[] {
  return planSamples(events, chance, moments, keyframes).map(({ from, to }) => takeSample(events, from, to));
}

export function takeSample(events: readonly RecordedEvent[], from: number, to: number): Sample {
  const model = new DomModel();
  for (const event of events.slice(0, from)) model.apply(event);
  const atMs = timeAt(events, to - 1);
  return { atMs, from, to, keyframe: JSON.stringify(writeKeyframe(model, from < to ? timeAt(events, from) : atMs)) };
}

function planSamples(
  events: readonly RecordedEvent[],
  chance: Chance,
  moments: number,
  keyframes: number,
): { from: number; to: number }[] {
  const first = events.findIndex(({ type }) => type === EventType.FullSnapshot);
  if (first === -1) return [];
  const ends = new Set([events.length]);
  for (let count = 1; count < moments; count++) ends.add(endOfMoment(events, first + chance(events.length - first)));
  return [...ends].flatMap((to) => {
    const snapshot = lastOf(events, EventType.FullSnapshot, to);
    // rrweb finds no page between the two events that belong together.
    if (lastOf(events, EventType.Meta, to) > snapshot) return [];
    const starts = new Set<number>();
    const range = Math.min(to - snapshot, longestSegment);
    for (let count = 0; count < keyframes; count++) starts.add(endOfMoment(events, to - 1 - chance(range)));
    return [...starts].map((from) => ({ from, to }));
  });
}

function lastOf(events: readonly RecordedEvent[], wanted: EventType, before: number): number {
  return events.findLastIndex(({ type }, index) => index < before && type === wanted);
}

/** Returns the index after all events of that event's millisecond. */
function endOfMoment(events: readonly RecordedEvent[], index: number): number {
  let end = index + 1;
  while (end < events.length && timeAt(events, end) < timeAt(events, index) + 1) end++;
  return end;
}

function timeAt(events: readonly RecordedEvent[], index: number): number {
  return events[index]?.timestamp ?? 0;
}
