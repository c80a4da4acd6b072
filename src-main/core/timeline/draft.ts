import type { TimelineEntry } from '../../contract/timeline';

/** An entry before its time is made relative to the session's start. */
export interface Draft extends Pick<TimelineEntry, 'kind' | 'severity' | 'nodeId' | 'durationMs' | 'details'> {
  /** The recorder's clock, ms. Never earlier than the `openSince` of the track, since earlier entries are final. */
  at: number;
  /** Words of the recording are marked with `quote`. */
  text: string;
}

export type Emit = (draft: Draft) => void;
