import type { Note } from '../../../src-main/contract/note';
import { noteEntry } from '../../../src-main/contract/shared/note-entry';
import type { TimelineEntry } from '../../../src-main/contract/timeline';

/** A row of the event list: an entry of the timeline or a note. */
export interface EventItem extends TimelineEntry {
  /** Stable while the list changes. */
  key: string;
  noteId?: string;
}

/** Merges the recording's entries and the user's notes by time. A note comes after an entry of the same time. */
export function mergeNotes(recorded: readonly TimelineEntry[], notes: readonly Note[]): EventItem[] {
  const startWallMs = startOf(recorded);
  const items = recorded
    // Notes come from `note.list` instead, with their ids.
    .filter((entry) => entry.kind !== 'note')
    .map((entry, index): EventItem => ({ ...entry, key: `entry-${index}` }));
  const noted = notes.map((note): EventItem => ({
    ...noteEntry(note, startWallMs),
    key: `note-${note.id}`,
    noteId: note.id,
  }));
  // The sort is stable, so notes stay behind entries.
  return [...items, ...noted].sort((a, b) => a.atMs - b.atMs);
}

/** Returns the recording's start in ms since 1970, or null if it is unknown. */
function startOf(entries: readonly TimelineEntry[]): number | null {
  const [first] = entries;
  return first && first.wallMs !== null ? first.wallMs - first.atMs : null;
}
