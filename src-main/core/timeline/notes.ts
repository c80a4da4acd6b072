import type { Note } from '../../contract/note';
import { noteEntry } from '../../contract/shared/note-entry';
import type { TimelineEntry } from '../../contract/timeline';

/** Merges the user's notes into the entries, in the order of time. `startedAt`: wall clock of the recording's start in ms, or null. */
export function mergeNotes(
  entries: readonly TimelineEntry[],
  notes: readonly Note[],
  startedAt: number | null,
): TimelineEntry[] {
  return [...entries, ...notes.map((note) => noteEntry(note, startedAt))].sort((a, b) => a.atMs - b.atMs);
}
