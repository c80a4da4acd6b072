/** rrweb's recorders don't predate this. An earlier clock means that a policy removed the real one. In ms since 1970. */
const earliestMs = Date.UTC(2010, 0, 1);

/** Returns the wall-clock time in ms since 1970, or null if it is hidden or unknown. */
export function knownClock(wallMs: number | null): number | null {
  return wallMs !== null && wallMs >= earliestMs ? wallMs : null;
}

interface Line {
  /** As returned by `knownClock`. */
  wallMs: number | null;
  /** The session's position among the others. */
  ordinal: number;
}

/**
 * Merges the lines of several sessions, each sorted by time, into one timeline by wall-clock time. Sessions without a known clock come last,
 * one after another and in their own order, since their position among the others is unknown.
 */
export function orderByClock<L extends Line>(lines: readonly L[]): L[] {
  // The sort is stable.
  return [...lines].sort((a, b) => {
    if (a.wallMs !== null && b.wallMs !== null) return compare(a.wallMs, b.wallMs) || compare(a.ordinal, b.ordinal);
    if (a.wallMs === null && b.wallMs === null) return compare(a.ordinal, b.ordinal);
    return a.wallMs === null ? 1 : -1;
  });
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
