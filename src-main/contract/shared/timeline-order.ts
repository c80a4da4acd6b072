/** Recorders of rrweb's kind don't predate this; a clock before it means that a policy took the real one away. In ms since 1970. */
const earliestMs = Date.UTC(2010, 0, 1);

/** A time of day in ms since 1970, or null where it was hidden or never known. */
export function knownClock(wallMs: number | null): number | null {
  return wallMs !== null && wallMs >= earliestMs ? wallMs : null;
}

interface Line {
  /** As `knownClock` gives it. */
  wallMs: number | null;
  /** The session's place among the others. */
  ordinal: number;
}

/**
 * The lines of several sessions, each session's in the order of time, as one timeline by the time of day. Those of a session that tells
 * none come behind all others, together and in their own order: where they belong between them nobody knows.
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
