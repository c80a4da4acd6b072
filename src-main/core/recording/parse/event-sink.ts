import type { RecordedEvent } from '../../../contract/recorded-event';

/** Receives events and losses in the order of the file. */
export interface EventSink {
  /**
   * Adds an event with an envelope. Its content and even its time are still unchecked. `json` is its original text, if that can be stored
   * unchanged; `bytes` is the approximate length of its text.
   */
  addEvent(event: RecordedEvent, windowId: string, json: Uint8Array | undefined, bytes: number): void;
  /** Adds a damaged event, with the facts that could still be read from it. The time is as recorded, in any unit. */
  addLost(reason: string, windowId?: string, time?: number): void;
  /** It accepts no more until its content has been taken. */
  readonly isFull: boolean;
}
