import type { Rate } from '../../core/sources/pace';

/** A request that was sent. `atMs` is set when the head of its reply arrives or the request fails. */
interface Counted {
  atMs: number | undefined;
}

/**
 * Counts the requests in a sliding time window. A request counts from when it is sent until one window length after the
 * head of its reply. The server counted it somewhere in between, so its window never holds more requests than ours.
 */
export class RateWindow {
  private counted: Counted[] = [];

  constructor(private readonly rate: Rate) {}

  add(): Counted {
    const entry: Counted = { atMs: undefined };
    this.counted.push(entry);
    return entry;
  }

  /** Returns the time until the next request may be sent, in ms; Infinity if that depends on a pending request. */
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
