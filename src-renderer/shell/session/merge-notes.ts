import type { Note } from '../../../src-main/contract/note';
import { noteEntry } from '../../../src-main/contract/shared/note-entry';
import type { TimelineEntry } from '../../../src-main/contract/timeline';

/** A line of the event list: an entry of the timeline, with the note's id where it is one. */
export interface EventItem extends TimelineEntry {
  /** Stays the same while the list changes. */
  key: string;
  noteId?: string;
}

/** The recording's entries and the user's notes in order of time; at the same time the note comes after what it is about. */
export function mergeNotes(recorded: readonly TimelineEntry[], notes: readonly Note[]): EventItem[] {
  const startWallMs = startOf(recorded);
  const items = recorded
    // Notes come from `note.list`, with the ids by which they are changed.
    .filter((entry) => entry.kind !== 'note')
    .map((entry, index): EventItem => ({ ...entry, key: `entry-${index}` }));
  const noted = notes.map((note): EventItem => ({
    ...noteEntry(note, startWallMs),
    key: `note-${note.id}`,
    noteId: note.id,
  }));
  // The sort is stable.
  return [...items, ...noted].sort((a, b) => a.atMs - b.atMs);
}

/** The wall clock of the recording's start, in ms since 1970, where its entries tell. */
function startOf(entries: readonly TimelineEntry[]): number | null {
  const [first] = entries;
  return first && first.wallMs !== null ? first.wallMs - first.atMs : null;
}
