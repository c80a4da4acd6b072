import type { RecordedEvent } from '../../../contract/recorded-event';

/** A checked event, in order of time. */
interface NormalisedEvent {
  /** `1`, `2`, … */
  windowId: string;
  event: RecordedEvent;
  /**
   * The event's original JSON, if it can be stored unchanged: it contains nothing else, nothing in it was packed, and its time was not
   * corrected. It is a view into memory that is never written again. It keeps an entire block of the file alive, so copy it if it
   * outlives its batch.
   */
  json: Uint8Array | undefined;
}

/** A part that couldn't be kept, with the facts that could still be read from it. */
export interface LostEvent {
  windowId: string | undefined;
  /** ms, on the recorder's clock. */
  at: number | undefined;
  /** A reason from `damageWords`. */
  reason: string;
}

export type NormalisedItem = ({ kind: 'event' } & NormalisedEvent) | ({ kind: 'lost' } & LostEvent);
