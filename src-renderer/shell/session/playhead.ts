interface Timed {
  atMs: number;
}

/** Returns the index of the last entry at or before the time, or -1. Entries are sorted by time. */
export function entryIndexAt(entries: readonly Timed[], atMs: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A playhead this close to an entry counts as at it: a replay reports the time of the painted frame, not the requested one. */
const toleranceMs = 60;

/** Returns the time of the first entry after the playhead, for Shift+→. */
export function nextEntryTime(entries: readonly Timed[], atMs: number): number | undefined {
  return entries[entryIndexAt(entries, atMs + toleranceMs) + 1]?.atMs;
}

/** Returns the time of the last entry before the playhead, for Shift+←. */
export function previousEntryTime(entries: readonly Timed[], atMs: number): number | undefined {
  return entries[entryIndexAt(entries, atMs - toleranceMs - 1)]?.atMs;
}
