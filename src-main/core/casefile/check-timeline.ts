import type { TimelineCheck } from '../../contract/session';
import type { TimelineEntry, TimelineKind } from '../../contract/timeline';

/** The kinds that a redacted recording shows under every policy, and the name under which each is compared. Redaction may hide the cause of all others. */
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
 * compared, and only in one direction: the recording must show each of these entries. Both are in the order of time.
 */
export function checkTimeline(exported: readonly TimelineEntry[], recomputed: readonly TimelineEntry[]): TimelineCheck {
  const shownAt = new Map<string, { times: number[]; next: number }>();
  for (const { kind, atMs } of recomputed) {
    const shown = shownKinds[kind];
    if (shown === undefined) continue;
    const list = shownAt.get(shown) ?? { times: [], next: 0 };
    list.times.push(atMs);
    shownAt.set(shown, list);
  }
  const pages = new Set<string | undefined>();
  let compared = 0;
  let differing = 0;
  for (const { kind, atMs, quotes } of exported) {
    const shown = shownKinds[kind];
    if (shown === undefined) continue;
    if (kind === 'navigation') {
      // Masked addresses may be equal, and a page is known by a new address.
      if (pages.has(quotes?.page)) continue;
      pages.add(quotes?.page);
    }
    compared++;
    const list = shownAt.get(shown) ?? { times: [], next: 0 };
    while ((list.times[list.next] ?? Infinity) < atMs - reachMs) list.next++;
    if ((list.times[list.next] ?? Infinity) <= atMs + reachMs) list.next++;
    else differing++;
  }
  return { compared, differing };
}
