import type { ReplayIndex, SegmentSpan } from '../../src-main/contract/replay-port';

/** Where the next segment takes over; Infinity after the last. */
export function edgeAfter(segments: readonly SegmentSpan[], index: number): number {
  return segments[index + 1]?.startMs ?? Infinity;
}

/** Where playing stops: the window's last event. The session may go on in other windows. */
export function lastMoment({ segments }: ReplayIndex): number {
  return segments.reduce((last, { endMs }) => Math.max(last, endMs), 0);
}

/** A moment of the session; what isn't a number is its start. */
export function clampMoment({ durationMs }: ReplayIndex, atMs: number): number {
  return Number.isFinite(atMs) ? Math.min(Math.max(atMs, 0), durationMs) : 0;
}

/** Whether a segment shows the same in both indexes. The last of a recording that grows is the one that doesn't. */
export function isSameSegment(a: SegmentSpan | undefined, b: SegmentSpan | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.startMs === b.startMs && a.endMs === b.endMs && a.keyframe === b.keyframe
  );
}
