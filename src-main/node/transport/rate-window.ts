import type { Rate } from '../../core/sources/pace';

/** A request that was let go; `atMs` once its reply's head has come, or nothing more can. */
interface Counted {
  atMs: number | undefined;
}

/**
 * The requests of a stretch of time. Each counts from when it was let go until the stretch after the head of its reply is over: somewhere
 * between the two the server counted it, so its own window is never fuller than ours.
 */
export class RateWindow {
  private counted: Counted[] = [];

  constructor(private readonly rate: Rate) {}

  add(): Counted {
    const entry: Counted = { atMs: undefined };
    this.counted.push(entry);
    return entry;
  }

  /** Until the next may go, ms; Infinity where that hangs on one that is under way. */
  delayMs(nowMs: number): number {
    const { requests, perMs } = this.rate;
    this.counted = this.counted.filter(({ atMs }) => atMs === undefined || atMs + perMs > nowMs);
    const tooMany = this.counted.length - requests + 1;
    if (tooMany <= 0) return 0;
    const known = this.counted.flatMap(({ atMs }) => atMs ?? []).sort((one, other) => one - other);
    const last = known[tooMany - 1];
    return last === undefined ? Infinity : last + perMs - nowMs;
  }
}
