import { timelineWords } from '../../../contract/words/timeline';
import { EventType } from '../../recording/events';
import type { Emit } from '../draft';

/** A pause that the recorder itself tells of is worth a line from here on, ms. */
const toldPauseMs = 1000;

/** Plain JSON, to go on later. */
export interface GapState {
  pausedAt?: number | undefined;
}

/**
 * Stretches of which nothing was recorded at all. A still page with an idle user writes no events either, so silence alone is no gap:
 * the recorder has to say that it was stopped, or has to begin anew after it with a page of its own.
 */
export class GapTrack {
  private pausedAt: number | undefined;

  constructor(
    private readonly emit: Emit,
    private readonly gapMs: number,
    saved: GapState = {},
  ) {
    this.pausedAt = saved.pausedAt;
  }

  save(): GapState {
    return { pausedAt: this.pausedAt };
  }

  get openSince(): number | undefined {
    return this.pausedAt;
  }

  notePause(at: number): void {
    this.pausedAt ??= at;
  }

  /** When a told pause is over: where the gap began, if there was one. */
  noteResume(at: number): number | undefined {
    const from = this.pausedAt;
    this.pausedAt = undefined;
    if (from === undefined || at - from < toldPauseMs) return undefined;
    return this.tell(from, at);
  }

  /** Call with an event of any window that comes long after the one before: where the gap began, if that was one. */
  noteSilence(before: number, at: number, type: number): number | undefined {
    if (at - before < this.gapMs || !isRestart(type)) return undefined;
    const from = this.pausedAt ?? before;
    this.pausedAt = undefined;
    return this.tell(from, at);
  }

  private tell(from: number, to: number): number {
    const durationMs = to - from;
    this.emit({ at: from, kind: 'gap', severity: 'warning', text: timelineWords.gap(durationMs), durationMs });
    return from;
  }
}

function isRestart(type: number): boolean {
  return (
    type === EventType.Meta ||
    type === EventType.FullSnapshot ||
    type === EventType.DomContentLoaded ||
    type === EventType.Load
  );
}
