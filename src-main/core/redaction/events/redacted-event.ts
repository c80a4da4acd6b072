import type { JsonRecord } from '../../recording/json';

/** The data of one event as it may leave. */
export interface RedactedEvent {
  data: JsonRecord;
  /** It is about something private: when exactly it happened is left out. */
  isPrivate?: boolean;
}
