import type { ReplayIndex, SegmentSpan } from '../../../contract/replay-port';
import type { RecordingFacts } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import type { Segment } from '../../../core/recording/segments/segment';

/** A window in which nothing at all was recorded for so long was idle, whatever other windows did. */
const silentMs = 5000;

/** The index of one window from its segments. Idle spans are those that the segments show: nothing was recorded between two. */
export function indexOf(
  { startedAt, durationMs }: Pick<RecordingFacts, 'startedAt' | 'durationMs'>,
  segments: readonly Segment[],
): ReplayIndex {
  const spans = segments.map(({ startMs, endMs, keyframe }): SegmentSpan => {
    return { startMs: startMs - startedAt, endMs: endMs - startedAt, keyframe };
  });
  return { startedAt, durationMs, segments: spans, idle: joinSpans(silences(spans)) };
}

/** The idle spans of a window: those in which the user did nothing anywhere, and those in which this window was silent. */
export function idleOf(timeline: readonly TimelineEntry[], { segments, durationMs }: ReplayIndex): ReplayIndex['idle'] {
  const told = timeline.flatMap(({ kind, atMs, durationMs: lastsMs }): [number, number][] =>
    kind === 'idle' && lastsMs !== undefined ? [[Math.max(0, atMs), Math.min(atMs + lastsMs, durationMs)]] : [],
  );
  return joinSpans([...told, ...silences(segments)]);
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

/** In the order of time, overlapping ones made one, empty ones left out. */
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
