import type { SessionEvent } from '../../contract/recorded-event';
import { damageWords } from '../../contract/words/recording';
import type { DamageTally } from './parse/damage';

/** A time up to here, among times in milliseconds, is in seconds: Sentry writes both into one recording. */
const latestSeconds = 9_999_999_999;
/** No session lasts longer; an event further away than this from the middle one has a broken clock. */
const longestSessionMs = 30 * 24 * 3600 * 1000;

/** Brings seconds to milliseconds and leaves out events whose time is absurd beside all others. Times have been checked as numbers. */
export function mendTimes(events: readonly SessionEvent[], damage: DamageTally): SessionEvent[] {
  const middle = medianTime(events);
  const mended: SessionEvent[] = [];
  for (const sessionEvent of events) {
    const { windowId, event } = sessionEvent;
    const isSeconds = middle > latestSeconds && event.timestamp <= latestSeconds && event.timestamp > 0;
    const timestamp = isSeconds ? event.timestamp * 1000 : event.timestamp;
    if (Math.abs(timestamp - middle) > longestSessionMs) damage.add(damageWords.farTime);
    else if (isSeconds) mended.push({ windowId, event: { ...event, timestamp } });
    else mended.push(sessionEvent);
  }
  return mended;
}

function medianTime(events: readonly SessionEvent[]): number {
  const times = Float64Array.from(events, ({ event }) => event.timestamp).sort();
  return times[times.length >> 1] ?? 0;
}
