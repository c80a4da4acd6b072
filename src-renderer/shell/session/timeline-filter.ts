import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { entryText } from '../../../src-main/contract/words/timeline';
import type { eventsWords } from '../../../src-main/contract/words/events';

/** The groups of event kinds that the chips above the event list filter by. */
export type EventGroup = keyof typeof eventsWords.groups;

const eventGroups: readonly EventGroup[] = [
  'errors',
  'warnings',
  'frustration',
  'clicks',
  'inputs',
  'pages',
  'notes',
  'gaps',
  'other',
];

const groupOfKind: Record<TimelineKind, EventGroup> = {
  error: 'errors',
  'console-error': 'errors',
  'network-error': 'errors',
  'console-warning': 'warnings',
  'network-slow': 'warnings',
  performance: 'warnings',
  'rage-click': 'frustration',
  'dead-click': 'frustration',
  click: 'clicks',
  input: 'inputs',
  selection: 'inputs',
  copy: 'inputs',
  navigation: 'pages',
  tab: 'pages',
  note: 'notes',
  gap: 'gaps',
  lost: 'gaps',
  idle: 'gaps',
  scroll: 'other',
  viewport: 'other',
  breadcrumb: 'other',
  identify: 'other',
  custom: 'other',
};

export function groupOf(kind: TimelineKind): EventGroup {
  return groupOfKind[kind];
}

/** Returns the number of entries of each group that has any, in display order. */
export function countByGroup(entries: readonly TimelineEntry[]): { group: EventGroup; count: number }[] {
  const counts = new Map<EventGroup, number>();
  for (const entry of entries) counts.set(groupOf(entry.kind), (counts.get(groupOf(entry.kind)) ?? 0) + 1);
  return eventGroups.flatMap((group) => {
    const count = counts.get(group);
    return count === undefined ? [] : [{ group, count }];
  });
}

/** Returns the entries of the chosen groups (all if none is chosen) that contain every word of the query. */
export function filterEntries<E extends TimelineEntry>(
  entries: readonly E[],
  groups: ReadonlySet<EventGroup>,
  query: string,
): readonly E[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (groups.size === 0 && words.length === 0) return entries;
  return entries.filter((entry) => {
    if (groups.size > 0 && !groups.has(groupOf(entry.kind))) return false;
    const text = entryText(entry).toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
