/**
 * A recorded event as it crosses a boundary: shape checked, content still unknown.
 * `core/recording/events` narrows it to rrweb's own types.
 */
export interface RecordedEvent {
  type: number;
  data: unknown;
  /** Milliseconds since 1970, as the recorder wrote it. */
  timestamp: number;
}

/** An event with the tab it belongs to; what parsing and normalising yield, in the order of time. */
export interface SessionEvent {
  windowId: string;
  event: RecordedEvent;
}

/** The latest time that JavaScript can tell, ms since 1970; whatever claims a later one is damaged. */
export const latestTime = 8.64e15;
