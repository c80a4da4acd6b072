import type { TimelineEntry } from '../../contract/timeline';

/** Names the windows of entries as the import numbered them. `numbers`: by the window's id in the recording. */
export function numberWindows(
  entries: readonly TimelineEntry[],
  numbers: Readonly<Record<string, string>>,
): TimelineEntry[] {
  return entries.map((entry) => {
    const number = Object.hasOwn(numbers, entry.windowId) ? numbers[entry.windowId] : undefined;
    return number === undefined ? entry : { ...entry, windowId: number };
  });
}
