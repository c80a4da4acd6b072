/** Returns the index of the segment that shows a moment: the last one that starts at or before it, else the first; -1 if there are none. */
export function findSegment(segments: readonly { startMs: number }[], atMs: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.startMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return segments.length === 0 ? -1 : Math.max(low - 1, 0);
}
