import type { Draft } from '../draft';

/** What a custom event tells a timeline. */
export type Signal =
  | { kind: 'nothing' }
  | { kind: 'draft'; draft: Draft }
  /** The address of the page, absolute or not. */
  | { kind: 'address'; href: string }
  /** A call of the page: where it began, ms, and what is to be told of it. */
  | { kind: 'call'; startedAt: number; draft: Draft | undefined }
  /** A click that the platform's own recorder judged. */
  | { kind: 'click'; verdict: 'plain' | 'dead' | 'rage'; at: number; nodeId: number; count: number }
  /** The recorder was stopped, or went on. */
  | { kind: 'paused' | 'resumed' }
  /** The user turned away from the tab, or came back. */
  | { kind: 'left' | 'came-back' };

export const nothing: Signal = { kind: 'nothing' };

/** A signal that is no more than an entry of these words. */
export function tell(at: number, kind: Draft['kind'], severity: Draft['severity'], text: string): Signal {
  return { kind: 'draft', draft: { at, kind, severity, text } };
}
