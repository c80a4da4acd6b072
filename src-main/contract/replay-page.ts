import type { RecordedEvent } from './recorded-event';
import type { TimelineEntry } from './timeline';

/**
 * The data in an exported replay page: JSON in a script element with a data type, so it never runs. All of it is redacted; texts are
 * single lines without control characters.
 */
export interface ReplayPageData {
  title: string;
  sessions: ReplayPageSession[];
}

export interface ReplayPageSession {
  /** The origin and processing of the session, as pairs of a label and a value. */
  facts: [name: string, value: string][];
  /** The counts of redacted values by channel. */
  hidden: { channel: string; masked: number; dropped: number }[];
  durationMs: number;
  /** The user's tabs, in the order of their first events. */
  windows: ReplayPageWindow[];
  entries: (Pick<TimelineEntry, 'atMs' | 'windowId' | 'kind' | 'severity'> & { text: string })[];
  /** The page contains the timeline but no events, because they would be too large. */
  isTooLarge: boolean;
}

interface ReplayPageWindow {
  id: string;
  /** The time of its first event, ms since the session's start. */
  startMs: number;
  events: RecordedEvent[];
}

/** The id of the element that contains the data. */
export const replayDataId = 'session-data';

/** The template's placeholders for the title and the data. */
export const replayPlaces = { title: '%casement:title%', data: '%casement:data%' } as const;
