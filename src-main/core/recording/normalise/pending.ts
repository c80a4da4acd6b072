import type { RecordedEvent } from '../../../contract/recorded-event';

/** An event or a loss that isn't in order of time yet. */
export type Pending = PendingEvent | PendingLost;

interface PendingEvent {
  readonly kind: 'event';
  /** The window's id in the recording. */
  readonly windowId: string;
  readonly event: RecordedEvent;
  readonly json: Uint8Array | undefined;
  /** Its time, ms. */
  readonly order: number;
  /** The approximate length of its text. */
  readonly bytes: number;
}

interface PendingLost {
  readonly kind: 'lost';
  readonly windowId: string | undefined;
  readonly at: number | undefined;
  readonly reason: string;
  /** Its time, otherwise the time of the item before it. */
  readonly order: number;
  readonly bytes: 0;
}
