import type { Note, TimelineEntry } from '../../contract/timeline';

/** The user's notes among the entries, in the order of time. `startedAt` is the wall clock of the recording's start in ms, or null. */
export function mergeNotes(
  entries: readonly TimelineEntry[],
  notes: readonly Note[],
  startedAt: number | null,
): TimelineEntry[] {
  const noteEntries = notes.map(({ atMs, text }): TimelineEntry => ({
    atMs,
    wallMs: startedAt === null ? null : startedAt + atMs,
    windowId: '',
    kind: 'note',
    severity: 'info',
    text,
  }));
  return [...entries, ...noteEntries].sort((a, b) => a.atMs - b.atMs);
}
