import * as v from 'valibot';

/** A whole number within bounds, with what holds where nothing was set. */
function threshold(min: number, initial: number, max: number) {
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), initial);
}

const second = 1000;
const minute = 60 * second;

/** When something counts as what in a timeline. `docs/timeline.md` tells how each is used. */
export const TimelineThresholds = v.strictObject({
  /** This many clicks on one spot … */
  rageClicks: threshold(2, 3, 20),
  /** … within this time, ms … */
  rageWindowMs: threshold(200, second, 10 * second),
  /** … and this distance, CSS pixels, are rage clicks. */
  rageDistancePx: threshold(1, 30, 500),
  /** A click that nothing answers for this long, ms, is dead. */
  deadClickMs: threshold(500, 2500, 30 * second),
  /** A request that takes this long, ms, is slow. */
  slowRequestMs: threshold(100, 3 * second, 10 * minute),
  /** Without anything done by the user for this long, ms, the session is idle. */
  idleMs: threshold(second, 5 * second, 60 * minute),
  /** Without any event for this long, ms, before the recorder starts anew, the recording has a gap. */
  gapMs: threshold(second, 30 * second, 24 * 60 * minute),
});
export type TimelineThresholds = v.InferOutput<typeof TimelineThresholds>;
export const defaultThresholds: TimelineThresholds = v.parse(TimelineThresholds, {});

/** The least and the most that each threshold can be, from the schema itself. */
export const thresholdBounds = Object.fromEntries(
  Object.entries(TimelineThresholds.entries).map(([name, { wrapped }]) => {
    const [, , min, max] = wrapped.pipe;
    return [name, { min: min.requirement, max: max.requirement }];
  }),
) as Record<keyof TimelineThresholds, { min: number; max: number }>;

/** What the user may set. Kept in the clear: nothing here is secret or says whose sessions were watched. */
export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Nothing is asked of any network while this is on. */
  isOffline: v.optional(v.boolean(), false),
  timeline: v.optional(TimelineThresholds, defaultThresholds),
});
export type Settings = v.InferOutput<typeof Settings>;
