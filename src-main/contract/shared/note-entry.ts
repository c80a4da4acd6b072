import type { Note } from '../note';
import type { TimelineEntry } from '../timeline';
import { noteWords } from '../words/notes';

/** A note as a line among what happened. `startedAt` is the wall clock of the recording's start in ms, or null where nobody may know. */
export function noteEntry(note: Note, startedAt: number | null): TimelineEntry {
  const { atMs, endMs, text, severity = 'info', tags = [] } = note;
  return {
    atMs,
    wallMs: startedAt === null ? null : startedAt + atMs,
    windowId: '',
    kind: 'note',
    severity,
    text: text || noteWords.bookmark,
    ...(endMs !== undefined && { durationMs: endMs - atMs }),
    ...(tags.length > 0 && { details: { tags } }),
  };
}
