import * as v from 'valibot';
import { latestTime } from './recorded-event';

/**
 * A session's place in the time of its case file, which contains it if it hides the clock: the date stays hidden, and the order and the
 * distances of sessions are known.
 */
export const CasePosition = v.strictObject({
  /** Recordings with the same number share a clock. */
  clock: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The recording's start in ms after the first recording with this clock. */
  offsetMs: v.pipe(v.number(), v.minValue(0), v.maxValue(latestTime)),
});
export type CasePosition = v.InferOutput<typeof CasePosition>;
