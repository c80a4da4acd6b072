import type { ReplayIndex, SegmentSpan } from '../../../contract/replay-port';
import type { RecordingFacts } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import type { Segment } from '../../../core/recording/segments/segment';

/** A tab without any recorded event for this time, ms, counts as idle, even if other tabs were active. */
const silentMs = 5000;

/** Builds the index of a tab from its segments. Its idle intervals are the gaps between segments. */
export function indexOf(
  { startedAt, durationMs }: Pick<RecordingFacts, 'startedAt' | 'durationMs'>,
  segments: readonly Segment[],
): ReplayIndex {
  const spans = segments.map(({ startMs, endMs, keyframe }): SegmentSpan => {
    return { startMs: startMs - startedAt, endMs: endMs - startedAt, keyframe };
  });
  return { startedAt, durationMs, segments: spans, idle: joinSpans(silences(spans)) };
}

/** Returns the idle intervals of a tab: those without user activity in any tab, and those without events in this tab. */
export function idleOf(timeline: readonly TimelineEntry[], { segments, durationMs }: ReplayIndex): ReplayIndex['idle'] {
  const inTimeline = timeline.flatMap(({ kind, atMs, durationMs: lastsMs }): [number, number][] =>
    kind === 'idle' && lastsMs !== undefined ? [[Math.max(0, atMs), Math.min(atMs + lastsMs, durationMs)]] : [],
  );
  return joinSpans([...inTimeline, ...silences(segments)]);
}

function silences(segments: readonly SegmentSpan[]): [number, number][] {
  const found: [number, number][] = [];
  let sinceMs = 0;
  for (const { startMs, endMs } of segments) {
    if (startMs - sinceMs >= silentMs) found.push([sinceMs, startMs]);
    sinceMs = Math.max(sinceMs, endMs);
  }
  return found;
}

/** Sorts intervals, merges overlapping ones, and removes empty ones. */
function joinSpans(spans: readonly [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [fromMs, toMs] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (!(toMs > fromMs)) continue;
    const last = joined.at(-1);
    if (last && fromMs <= last[1]) last[1] = Math.max(last[1], toMs);
    else joined.push([fromMs, toMs]);
  }
  return joined;
}
