/** The segment that shows a moment, by the same clock: the last that begins at or before it, else the first. -1 where there is none. */
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
