import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { TimelineEntry } from '../../contract/timeline';
import { DomModel } from '../recording/model/dom-model';
import {
  createTimelineBuilder,
  mergeEntries,
  timelineVersion,
  type TimelineOptions,
  type TimelineState,
} from './build';

/** Returns true if a stored timeline is of the current version and was built with these thresholds. */
export function isCurrent(
  state: Pick<TimelineState, 'version' | 'thresholds'>,
  thresholds: TimelineThresholds,
): boolean {
  if (state.version !== timelineVersion) return false;
  const names = Object.keys(thresholds) as (keyof TimelineThresholds)[];
  return names.every((name) => state.thresholds[name] === thresholds[name]);
}

/**
 * Builds the timeline of a stored session again, with other thresholds. `events` are the recorded events of all windows in the order of
 * time, from the first of the session. Damaged events were not stored, so the entries about them are taken from the `stored` timeline.
 */
export async function rebuildTimeline(
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
  const lost = stored.filter(({ verb }) => verb === 'lost');
  const state = builder.save();
  // The newest losses are in the state too, so that a resumed recording keeps them.
  state.entries = mergeEntries(
    state.entries,
    lost.filter(({ atMs }) => atMs >= state.openFromMs),
  );
  return { entries: mergeEntries(builder.finish(), lost), state };
}
