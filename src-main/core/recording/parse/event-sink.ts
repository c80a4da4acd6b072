import type { RecordedEvent } from '../../../contract/recorded-event';

/** Who takes what parsing finds, in the order of the file. */
export interface EventSink {
  /**
   * An event with an envelope; its content and even its time are still unchecked. `json` is its own text, where that can stand for
   * it as it is; `bytes` is about how long its text is.
   */
  addEvent(event: RecordedEvent, windowId: string, json: Uint8Array | undefined, bytes: number): void;
  /** Something that is no whole event, with what could still be read of it. The time is as it stands there, in whatever unit. */
  addLost(reason: string, windowId?: string, time?: number): void;
  /** It holds as much as it wants to; more comes when that was taken away. */
  readonly isFull: boolean;
}
