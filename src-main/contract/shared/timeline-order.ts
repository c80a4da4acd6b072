import type { CasePosition } from '../case-position';
import type { StoredSession } from '../session';
import type { timeOrigins } from '../timeline';

/** rrweb's recorders don't predate this. An earlier clock means that a policy removed the real one. In ms since 1970. */
const earliestMs = Date.UTC(2010, 0, 1);

/** Returns the wall-clock time in ms since 1970, or null if it is hidden or unknown. */
export function knownClock(wallMs: number | null): number | null {
  return wallMs !== null && wallMs >= earliestMs ? wallMs : null;
}

/** A clock by which sessions can be ordered, and the start of a session on it. */
export interface SessionClock {
  /** Sessions with the same id share a clock: the wall clock, or that of a case file which hides the date. */
  id: string;
  /** In ms. */
  startMs: number;
}

const wallClock = 'wall';

/**
 * Returns the clock of a session, or undefined if its place among others is unknown. `startedAt` is in ms since 1970; `caseFile`
 * identifies the case file that it comes from, if any.
 */
export function clockOf(
  startedAt: number,
  caseFile?: { id: string; position: CasePosition | undefined },
): SessionClock | undefined {
  const startMs = knownClock(startedAt);
  if (startMs !== null) return { id: wallClock, startMs };
  if (caseFile?.position === undefined) return undefined;
  const { clock, offsetMs } = caseFile.position;
  return { id: `${caseFile.id} ${clock}`, startMs: offsetMs };
}

/** Returns the clock of a session in the library, as `clockOf`. */
export function clockOfStored({
  facts,
  verification,
  position,
}: Pick<StoredSession, 'facts' | 'verification' | 'position'>): SessionClock | undefined {
  return clockOf(facts.startedAt, verification && { id: verification.manifestHash, position });
}

type TimeOrigin = (typeof timeOrigins)[number];

/** The place of a session in a merged timeline. */
export interface SessionPlace {
  /** Sessions of the same group are merged. Groups follow one another. */
  group: number;
  origin: TimeOrigin;
  /** The session's start in ms after the first session of its group. */
  offsetMs: number;
}

/**
 * Returns the place of each session, in the order given. Sessions with the wall clock come first, then those of each case file with
 * hidden clocks, and last those without a clock, one after another: their position among the others is unknown.
 */
export function placeSessions(clocks: readonly (SessionClock | undefined)[]): SessionPlace[] {
  const starts = new Map<string, number[]>();
  for (const clock of clocks) if (clock) starts.set(clock.id, [...(starts.get(clock.id) ?? []), clock.startMs]);
  const ids = [...starts.keys()].sort((a, b) => Number(b === wallClock) - Number(a === wallClock));
  let groups = ids.length;
  return clocks.map((clock): SessionPlace => {
    if (!clock) return { group: groups++, origin: 'session', offsetMs: 0 };
    const group = ids.indexOf(clock.id);
    const ofGroup = starts.get(clock.id) ?? [];
    const origin = group === 0 ? 'case' : ofGroup.length > 1 ? 'earlier-case' : 'session';
    return { group, origin, offsetMs: clock.startMs - Math.min(...ofGroup) };
  });
}

interface Line {
  place: SessionPlace;
  /** The time in ms since the start of the line's session. */
  sessionMs: number;
  /** The session's position among the others. */
  ordinal: number;
}

/** Merges the lines of several sessions by their places. Lines of one session with the same time keep their order. */
export function orderLines<L extends Line>(lines: readonly L[]): L[] {
  const timeOf = ({ place, sessionMs }: Line): number => place.offsetMs + sessionMs;
  // The sort is stable.
  return [...lines].sort(
    (a, b) => compare(a.place.group, b.place.group) || compare(timeOf(a), timeOf(b)) || compare(a.ordinal, b.ordinal),
  );
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
