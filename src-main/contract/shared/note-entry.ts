import type { Note } from '../note';
import type { TimelineEntry } from '../timeline';

/** Converts a note to a timeline entry. `startedAt` is the start of the recording in ms since 1970, or null if it is hidden. */
export function noteEntry(note: Note, startedAt: number | null): TimelineEntry {
  const { atMs, endMs, text, severity = 'info', tags = [] } = note;
  return {
    atMs,
    wallMs: startedAt === null ? null : startedAt + atMs,
    windowId: '',
    kind: 'note',
    severity,
    verb: 'noted',
    ...(endMs !== undefined && { durationMs: endMs - atMs }),
    ...(text !== '' && { quotes: { text } }),
    ...(tags.length > 0 && { tags }),
  };
}
