import type { RecordedEvent } from '../../../contract/recorded-event';

/** An event to rely on: checked, in the order of time. */
interface NormalisedEvent {
  /** `1`, `2`, … */
  windowId: string;
  event: RecordedEvent;
  /**
   * The event's own JSON as it stood in the source, where it can be stored as it is: nothing else is in it, nothing in it was packed
   * and its time was not mended. A view into memory that nobody writes to again; keeping it keeps a whole block of the file, so
   * copy what is to stay longer than its batch.
   */
  json: Uint8Array | undefined;
}

/** Something that couldn't be kept, with what could still be read of it. */
export interface LostEvent {
  windowId: string | undefined;
  /** ms, on the recorder's clock. */
  at: number | undefined;
  /** A reason from `damageWords`. */
  reason: string;
}

export type NormalisedItem = ({ kind: 'event' } & NormalisedEvent) | ({ kind: 'lost' } & LostEvent);
