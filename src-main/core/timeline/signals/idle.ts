import { timelineWords } from '../../../contract/words/timeline';
import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import type { Emit } from '../draft';

/** Plain JSON, to go on later. */
export interface IdleState {
  lastActive?: number | undefined;
  isTyping: boolean;
}

/** Spans in which the user did nothing in any window. */
export class IdleTrack {
  private lastActive: number | undefined;
  private isTyping: boolean;

  constructor(
    private readonly emit: Emit,
    private readonly idleMs: number,
    saved: IdleState = { isTyping: false },
  ) {
    this.lastActive = saved.lastActive;
    this.isTyping = saved.isTyping;
  }

  save(): IdleState {
    return { lastActive: this.lastActive, isTyping: this.isTyping };
  }

  get openSince(): number | undefined {
    return this.lastActive;
  }

  /**
   * Call with the session's start, with every act of the user and with its end. Of typing that was redacted only the first
   * keystroke is left (`isMaskedTyping`): what follows it may look idle and was not, so nothing is claimed of it.
   */
  noteActivity(at: number, isMaskedTyping = false): void {
    const { lastActive } = this;
    if (lastActive !== undefined && !this.isTyping && at - lastActive >= this.idleMs) {
      const durationMs = at - lastActive;
      const text = timelineWords.idle(durationMs);
      this.emit({ at: lastActive, kind: 'idle', severity: 'info', text, durationMs });
    }
    this.isTyping = isMaskedTyping;
    if (lastActive === undefined || at > lastActive) this.lastActive = at;
  }

  /** Nobody knows what the user did between these moments. */
  skip(from: number, to: number): void {
    this.noteActivity(from);
    this.lastActive = to;
  }
}

/** Whether a recorded input shows a mask in place of what was typed. */
export function isMaskedInput({ text }: JsonRecord): boolean {
  return typeof text === 'string' && text.startsWith('•') && /^•+$/.test(text);
}

/** When a batch of moves began, ms: before it was written. */
export function startOfMoves(positions: unknown, at: number): number {
  const first: unknown = Array.isArray(positions) ? positions[0] : undefined;
  return isRecord(first) && isFiniteNumber(first.timeOffset) ? at + Math.min(0, first.timeOffset) : at;
}
