import type { TimelineEntry, TimelineFacts, TimelineQuotes } from '../../contract/timeline';

/**
 * The treatment of an entry about private content by redaction: `private` rounds its time down, `repeated` leaves it out, because the number
 * of such entries depends on what was typed or chosen.
 */
export type Privacy = 'private' | 'repeated';

/** An entry before its time is made relative to the session's start. */
export interface Draft extends Pick<TimelineEntry, 'kind' | 'severity' | 'verb' | 'durationMs'> {
  /** The recorder's clock, ms. Never earlier than the `openSince` of the track, since earlier entries are final. */
  at: number;
  nodeId?: number | undefined;
  facts?: TimelineFacts | undefined;
  quotes?: TimelineQuotes | undefined;
  privacy?: Privacy | undefined;
}

/** The element that an entry is about, as the entry quotes it. */
export type Subject = Pick<Draft, 'facts' | 'quotes' | 'nodeId' | 'privacy'>;

export type Emit = (draft: Draft) => void;

/** Returns the quotes that are not empty, or undefined if there are none. */
export function quotesOf(quotes: TimelineQuotes): TimelineQuotes | undefined {
  const entries = Object.entries(quotes).filter(([, text]) => text !== undefined && text !== '');
  return entries.length === 0 ? undefined : Object.fromEntries<unknown>(entries);
}
