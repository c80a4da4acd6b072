import type { SessionEvent } from '../../contract/recorded-event';

/** The window (tab) with the most events: the one that a replay shows first. '' where there is no event. */
export async function busiestWindow(events: AsyncIterable<SessionEvent>): Promise<string> {
  const counts = new Map<string, number>();
  for await (const { windowId } of events) counts.set(windowId, (counts.get(windowId) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0] as [string, number])[0];
}
