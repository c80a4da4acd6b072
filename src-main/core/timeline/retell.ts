import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { TimelineEntry } from '../../contract/timeline';
import { DomModel } from '../recording/model/dom-model';
import { createTimelineBuilder, mergeEntries, type TimelineOptions, type TimelineState } from './build';

/** Whether a stored timeline was told by these thresholds. */
export function isToldBy(state: Pick<TimelineState, 'thresholds'>, thresholds: TimelineThresholds): boolean {
  const names = Object.keys(thresholds) as (keyof TimelineThresholds)[];
  return names.every((name) => state.thresholds[name] === thresholds[name]);
}

/**
 * Tells a stored session anew, by other thresholds. `events` are the recorded ones of all windows in the order of time, from the
 * session's first on. What was lost on the way into the vault is no event any more: its entries are taken from the `stored` timeline.
 */
export async function retellTimeline(
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>,
  stored: readonly TimelineEntry[],
  options: Omit<TimelineOptions, 'resume'>,
): Promise<{ entries: TimelineEntry[]; state: TimelineState }> {
  const builder = createTimelineBuilder(options);
  const models = new Map<string, DomModel>();
  for await (const event of events) {
    let model = models.get(event.windowId);
    if (!model) models.set(event.windowId, (model = new DomModel()));
    model.apply(event.event);
    builder.add(event, model);
  }
  const lost = stored.filter(({ kind, details }) => kind === 'lost' && details?.reason !== undefined);
  const state = builder.save();
  // The newest losses are in the state too, so that a recording that goes on keeps them.
  state.entries = mergeEntries(
    state.entries,
    lost.filter(({ atMs }) => atMs >= state.openFromMs),
  );
  return { entries: mergeEntries(builder.finish(), lost), state };
}
