interface Timed {
  atMs: number;
}

/** The index of the last entry at or before the time, or -1. Entries are in order of time. */
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

/** A playhead this close to an entry stands on it: a replay reports the frame that it painted, not the time asked for. */
const standsOnMs = 60;

/** Where Shift+→ goes: the first entry after the playhead. */
export function nextEntryTime(entries: readonly Timed[], atMs: number): number | undefined {
  return entries[entryIndexAt(entries, atMs + standsOnMs) + 1]?.atMs;
}

/** Where Shift+← goes: the last entry before the playhead. */
export function previousEntryTime(entries: readonly Timed[], atMs: number): number | undefined {
  return entries[entryIndexAt(entries, atMs - standsOnMs - 1)]?.atMs;
}
