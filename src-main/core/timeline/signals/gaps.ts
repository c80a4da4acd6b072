import { EventType } from '../../recording/events';
import type { Emit } from '../draft';

/** A pause that the recorder itself reports gets an entry from this duration on, ms. */
const minimumPauseMs = 1000;

/** Plain JSON, to resume later. */
export interface GapState {
  pausedAt?: number | undefined;
  /** A silence that ended with a Meta event. Its full snapshot, the next event, shows whether the recorder ran. */
  silence?: { from: number; to: number } | undefined;
}

/**
 * Detects times without a recording. A static page with an idle user produces no events either, so silence alone is not a gap: the
 * recorder must report that it was stopped, or restart with a new page afterwards. A recorder that runs takes full snapshots by the clock,
 * too; those show the page as it was.
 */
export class GapTrack {
  private pausedAt: number | undefined;
  private silence: GapState['silence'];

  constructor(
    private readonly emit: Emit,
    private readonly gapMs: number,
    saved: GapState = {},
  ) {
    this.pausedAt = saved.pausedAt;
    this.silence = saved.silence;
  }

  save(): GapState {
    return { pausedAt: this.pausedAt, silence: this.silence };
  }

  get openSince(): number | undefined {
    return this.silence?.from ?? this.pausedAt;
  }

  /** True until it is known whether a silence was a gap. */
  get isWaiting(): boolean {
    return this.silence !== undefined;
  }

  notePause(at: number): void {
    this.pausedAt ??= at;
  }

  /** Notes the end of a pause that the recorder reported. Returns the start of the gap, ms, if there was one. */
  noteResume(at: number): number | undefined {
    const from = this.pausedAt;
    this.pausedAt = undefined;
    if (from === undefined || at - from < minimumPauseMs) return undefined;
    return this.emitGap(from, at);
  }

  /** Call with an event of any window that comes long after the previous one. Returns the start of the gap, ms, if it was one. */
  noteSilence(before: number, at: number, type: number): number | undefined {
    if (at - before < this.gapMs || !isRestart(type)) return undefined;
    if (this.pausedAt === undefined && (type === EventType.Meta || type === EventType.FullSnapshot)) {
      this.silence = { from: before, to: at };
      return undefined;
    }
    const from = this.pausedAt ?? before;
    this.pausedAt = undefined;
    return this.emitGap(from, at);
  }

  /** Call with the event that decides about a silence. Returns the gap, ms, if it was one. */
  settle(isSamePage: boolean): { from: number; to: number } | undefined {
    const { silence } = this;
    this.silence = undefined;
    if (!silence || isSamePage) return undefined;
    this.emitGap(silence.from, silence.to);
    return silence;
  }

  private emitGap(from: number, to: number): number {
    const durationMs = to - from;
    this.emit({ at: from, kind: 'gap', severity: 'warning', verb: 'recorded-nothing', durationMs });
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
