import type { SessionId } from '../../../src-main/contract/ids';
import type { Note } from '../../../src-main/contract/note';
import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import {
  knownClock,
  orderLines,
  placeSessions,
  type SessionClock,
} from '../../../src-main/contract/shared/timeline-order';
import { entryText } from '../../../src-main/contract/words/timeline';
import { mergeNotes } from '../session/merge-notes';

/** The entries and notes of one session of a case. */
export interface CasePart {
  sessionId: SessionId;
  clock: SessionClock | undefined;
  entries: readonly TimelineEntry[];
  notes: readonly Note[];
}

/** A line of a case's timeline. Its `atMs` counts from the start of its session. */
export interface CaseLine extends TimelineEntry {
  key: string;
  sessionId: SessionId;
  /** The session's position in the case, from 0. It determines the colour. */
  ordinal: number;
  /** Lines of the same group are in the order of time. The next group's place in time is unknown. */
  group: number;
  /** The time since the first moment of the group. */
  groupMs: number;
}

/** Merges the timelines of several sessions, in the same order as an export of the case. */
export function mergeTimelines(parts: readonly CasePart[]): CaseLine[] {
  const places = placeSessions(parts.map(({ clock }) => clock));
  const lines = parts.flatMap(({ sessionId, entries, notes }, ordinal) => {
    const place = places[ordinal];
    if (!place) return [];
    return mergeNotes(entries, notes).map(({ noteId: _noteId, key, ...entry }) => ({
      line: {
        ...entry,
        wallMs: knownClock(entry.wallMs),
        key: `${sessionId} ${key}`,
        sessionId,
        ordinal,
        group: place.group,
        groupMs: place.offsetMs + entry.atMs,
      },
      place,
      sessionMs: entry.atMs,
      ordinal,
    }));
  });
  return orderLines(lines).map(({ line }) => line);
}

const importantKinds: ReadonlySet<TimelineKind> = new Set([
  'navigation',
  'error',
  'console-error',
  'network-error',
  'rage-click',
  'dead-click',
  'gap',
  'lost',
  'note',
]);

/** Returns the lines that contain every word of the query, optionally only the important ones. */
export function filterLines(lines: readonly CaseLine[], query: string, onlyImportant: boolean): readonly CaseLine[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && !onlyImportant) return lines;
  return lines.filter((line) => {
    if (onlyImportant && !importantKinds.has(line.kind)) return false;
    const text = entryText(line).toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Returns the day of a line in ms since 1970 if it differs from that of the line above, or if the line is the first. */
export function dayAbove(lines: readonly CaseLine[], index: number): number | undefined {
  const { wallMs = null } = lines[index] ?? {};
  if (wallMs === null) return undefined;
  const before = lines[index - 1]?.wallMs ?? undefined;
  return before !== undefined && isSameDay(before, wallMs) ? undefined : wallMs;
}

const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** Returns whether a line is the first of a group whose time is unknown. */
export function beginsWithoutClock(lines: readonly CaseLine[], index: number): boolean {
  const before = lines[index - 1];
  return before !== undefined && lines[index]?.group !== before.group;
}
