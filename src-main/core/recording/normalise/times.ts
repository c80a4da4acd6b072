/** In a recording with times in milliseconds, a time up to this value is in seconds. Sentry writes both into one recording. */
const latestSeconds = 9_999_999_999;
/** Longer than any session. An event further than this from the median has a broken clock. */
const longestSessionMs = 30 * 24 * 3600 * 1000;

/** Corrects the times of a recording, based on the median time of its first events. */
export class RecordingClock {
  private readonly median: number;

  constructor(times: readonly number[]) {
    this.median = Float64Array.from(times).sort()[times.length >> 1] ?? 0;
  }

  /** Returns the time in milliseconds, or undefined if it is too far from the others. The time has been checked as a number. */
  toMs(time: number): number | undefined {
    const isSeconds = time <= latestSeconds && time > 0 && this.median > latestSeconds;
    const ms = isSeconds ? time * 1000 : time;
    return Math.abs(ms - this.median) > longestSessionMs ? undefined : ms;
  }
}
