import type { TimelineQuotes } from '../../../contract/timeline';
import { quotesOf, type Draft } from '../draft';

/** The meaning of a custom event for a timeline. */
export type Signal =
  | { kind: 'nothing' }
  | { kind: 'draft'; draft: Draft }
  /** The address of the page, absolute or not. */
  | { kind: 'address'; href: string }
  /** A request by a script of the page: its start, ms, and its entry, if any. */
  | { kind: 'call'; startedAt: number; draft: Draft | undefined }
  /** A click that the platform's own recorder judged. */
  | { kind: 'click'; verdict: 'plain' | 'dead' | 'rage'; at: number; nodeId: number; count: number }
  /** The recorder was stopped, or resumed. */
  | { kind: 'paused' | 'resumed' }
  /** The user left the tab, or returned to it. */
  | { kind: 'left' | 'came-back' };

export const nothing: Signal = { kind: 'nothing' };

/** Returns a signal that only adds an entry. */
export function draftSignal(
  at: number,
  kind: Draft['kind'],
  severity: Draft['severity'],
  verb: Draft['verb'],
  quotes: TimelineQuotes = {},
): Signal {
  return { kind: 'draft', draft: { at, kind, severity, verb, quotes: quotesOf(quotes) } };
}
