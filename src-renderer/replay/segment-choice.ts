import type { ReplayIndex, SegmentSpan } from '../../src-main/contract/replay-port';

/** Returns when the next segment takes over; Infinity after the last. */
export function edgeAfter(segments: readonly SegmentSpan[], index: number): number {
  return segments[index + 1]?.startMs ?? Infinity;
}

/** Returns when playing stops: at the window's last event. The session may continue in other windows. */
export function lastMoment({ segments }: ReplayIndex): number {
  return segments.reduce((last, { endMs }) => Math.max(last, endMs), 0);
}

/** Returns the nearest moment within the session; its start if `atMs` isn't a finite number. */
export function clampMoment({ durationMs }: ReplayIndex, atMs: number): number {
  return Number.isFinite(atMs) ? Math.min(Math.max(atMs, 0), durationMs) : 0;
}

/** Returns whether a segment is the same in both indexes. The last one of a growing recording isn't. */
export function isSameSegment(a: SegmentSpan | undefined, b: SegmentSpan | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.startMs === b.startMs && a.endMs === b.endMs && a.keyframe === b.keyframe
  );
}
