import type { TimelineCheck } from '../../contract/session';
import type { TimelineEntry, TimelineKind } from '../../contract/timeline';

/** Kinds that a redacted recording still shows, whatever the policy, by what they are compared as. Of all others, redaction may hide what they were judged by. */
const shownKinds: Partial<Record<TimelineKind, string>> = {
  navigation: 'page',
  // A masked message doesn't show whether an error was caught.
  error: 'error',
  'console-error': 'error',
  'console-warning': 'warning',
  'network-error': 'request',
  viewport: 'viewport',
};
/** Entries of one event have nearly the same time, ms. */
const reachMs = 1000;

/**
 * Compares the timeline of a case file with the one that its redacted recording gives. Only kinds that redaction never hides are
 * compared, and only in one direction: the recording must show each of these entries.
 */
export function checkTimeline(exported: readonly TimelineEntry[], recomputed: readonly TimelineEntry[]): TimelineCheck {
  const compared = exported.filter(
    (entry, index) => shownKinds[entry.kind] !== undefined && !isHiddenPage(entry, exported, index),
  );
  const left = new Map<string, number[]>();
  for (const { kind, atMs } of recomputed) {
    const shown = shownKinds[kind];
    if (shown !== undefined) listOf(left, shown).push(atMs);
  }
  const differing = compared.filter(({ kind, atMs }) => {
    const times = left.get(shownKinds[kind] ?? '') ?? [];
    const index = times.findIndex((time) => Math.abs(time - atMs) <= reachMs);
    if (index !== -1) times.splice(index, 1);
    return index === -1;
  });
  return { compared: compared.length, differing: differing.length };
}

function listOf(lists: Map<string, number[]>, name: string): number[] {
  let list = lists.get(name);
  if (!list) lists.set(name, (list = []));
  return list;
}

/** Returns true for a page that was opened before: masked addresses may be equal, and a page is known by a new address. */
function isHiddenPage({ kind, quotes }: TimelineEntry, entries: readonly TimelineEntry[], index: number): boolean {
  if (kind !== 'navigation') return false;
  return entries.slice(0, index).some((other) => other.kind === kind && other.quotes?.page === quotes?.page);
}
