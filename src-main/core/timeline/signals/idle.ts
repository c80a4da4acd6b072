import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import type { Emit } from '../draft';

/** Plain JSON, to resume later. */
export interface IdleState {
  lastActive?: number | undefined;
  isTyping: boolean;
}

/** Detects times in which the user did nothing in any window. */
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
   * Call with the session's start, with every action of the user and with the session's end. `mayBeBusy`: the time that follows may look
   * idle although the user watches a video, or types where redaction keeps only the first keystroke; it is never reported as idle.
   */
  noteActivity(at: number, mayBeBusy = false): void {
    const { lastActive } = this;
    if (lastActive !== undefined && !this.isTyping && at - lastActive >= this.idleMs) {
      const durationMs = at - lastActive;
      this.emit({ at: lastActive, kind: 'idle', severity: 'info', verb: 'idled', durationMs });
    }
    this.isTyping = mayBeBusy;
    if (lastActive === undefined || at > lastActive) this.lastActive = at;
  }

  /** Excludes a time without a recording: the user may have been active. */
  skip(from: number, to: number): void {
    this.noteActivity(from);
    this.lastActive = to;
  }
}

/** Returns true if redaction replaced the text of a recorded input by a mask. */
export function isMaskedInput({ text }: JsonRecord): boolean {
  return typeof text === 'string' && text.startsWith('•') && /^•+$/.test(text);
}

/** Returns when a batch of moves began, ms. It is recorded at its end. */
export function startOfMoves(positions: unknown, at: number): number {
  const first: unknown = Array.isArray(positions) ? positions[0] : undefined;
  return isRecord(first) && isFiniteNumber(first.timeOffset) ? at + Math.min(0, first.timeOffset) : at;
}
