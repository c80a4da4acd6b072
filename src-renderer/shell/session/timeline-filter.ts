import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import type { shellWords } from '../../../src-main/contract/words/shell';

/** What the chips above the event list stand for: the kinds that a person looks for together. */
export type EventGroup = keyof typeof shellWords.events.groups;

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

/** How many entries each group has; groups without any are left out, in the order of the chips. */
export function countByGroup(entries: readonly TimelineEntry[]): { group: EventGroup; count: number }[] {
  const counts = new Map<EventGroup, number>();
  for (const entry of entries) counts.set(groupOf(entry.kind), (counts.get(groupOf(entry.kind)) ?? 0) + 1);
  return eventGroups.flatMap((group) => {
    const count = counts.get(group);
    return count === undefined ? [] : [{ group, count }];
  });
}

/** Entries of the chosen groups (none chosen means all) that hold every word of the query. */
export function filterEntries<E extends TimelineEntry>(
  entries: readonly E[],
  groups: ReadonlySet<EventGroup>,
  query: string,
): readonly E[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (groups.size === 0 && words.length === 0) return entries;
  return entries.filter((entry) => {
    if (groups.size > 0 && !groups.has(groupOf(entry.kind))) return false;
    const text = entry.text.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
