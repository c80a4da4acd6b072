/**
 * A recorded event as it crosses a boundary: its structure is validated, its content isn't.
 * `core/recording/events` narrows it to rrweb's own types.
 */
export interface RecordedEvent {
  type: number;
  data: unknown;
  /** Milliseconds since 1970, as the recorder wrote it. */
  timestamp: number;
}

/** An event with the tab that it belongs to. Parsing and normalising yield these, sorted by time. */
export interface SessionEvent {
  windowId: string;
  event: RecordedEvent;
}

/** The latest time that a JavaScript `Date` can represent, ms since 1970. An event with a later time is damaged. */
export const latestTime = 8.64e15;
