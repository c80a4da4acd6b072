import type { RecordingFacts } from '../../contract/session';

/** Returns the facts of a session of which only the timeline exists. */
export function timelineFacts({
  format,
  events,
  startedAt,
  durationMs,
  damage = [],
}: Pick<RecordingFacts, 'format' | 'events' | 'startedAt' | 'durationMs'> & Partial<RecordingFacts>): RecordingFacts {
  return { format, events, startedAt, durationMs, damage, windows: [], counts: {}, width: 0, height: 0 };
}
