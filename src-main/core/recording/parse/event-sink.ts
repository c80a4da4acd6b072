import type { RecordedEvent } from '../../../contract/recorded-event';

/** Receives events and losses in the order of the file. */
export interface EventSink {
  /**
   * An event with an envelope; its content and even its time are still unchecked. `json` is its own text, where that can stand for
   * it as it is; `bytes` is about how long its text is.
   */
  addEvent(event: RecordedEvent, windowId: string, json: Uint8Array | undefined, bytes: number): void;
  /** Adds a damaged event, with what could still be read of it. The time is as recorded, in any unit. */
  addLost(reason: string, windowId?: string, time?: number): void;
  /** It can't take more until its content is taken. */
  readonly isFull: boolean;
}
