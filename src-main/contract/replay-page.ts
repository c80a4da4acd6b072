import type { RecordedEvent } from './recorded-event';
import type { TimelineEntry } from './timeline';

/**
 * What lies in an exported replay page beside its program: plain JSON in a script element that is none. All of it is redacted; texts
 * are single lines without controls.
 */
export interface ReplayPageData {
  title: string;
  sessions: ReplayPageSession[];
}

export interface ReplayPageSession {
  /** Where it comes from and how it was made, as pairs of a name and a value. */
  facts: [name: string, value: string][];
  /** What the redaction hid, by channel: counts only. */
  hidden: { channel: string; masked: number; dropped: number }[];
  durationMs: number;
  /** Of each tab or window of the user, in the order of their first events. */
  windows: ReplayPageWindow[];
  entries: Pick<TimelineEntry, 'atMs' | 'windowId' | 'kind' | 'severity' | 'text'>[];
  /** Its events did not fit into the page; its entries did. */
  isTooLarge: boolean;
}

interface ReplayPageWindow {
  id: string;
  /** When its first event was, ms since the session's start. */
  startMs: number;
  events: RecordedEvent[];
}

/** Where the data lies in the page. */
export const replayDataId = 'session-data';

/** What stands in the template in place of the title and of the data. */
export const replayPlaces = { title: '%casement:title%', data: '%casement:data%' } as const;
