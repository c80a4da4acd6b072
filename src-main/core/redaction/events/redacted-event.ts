import type { JsonRecord } from '../../recording/json';

/** The redacted data of one event. */
export interface RedactedEvent {
  data: JsonRecord;
  /** True if the event concerns a private element. Its exact time is then hidden. */
  isPrivate?: boolean;
}
