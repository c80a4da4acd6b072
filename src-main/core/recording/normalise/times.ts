/** A time up to here, among times in milliseconds, is in seconds: Sentry writes both into one recording. */
const latestSeconds = 9_999_999_999;
/** No session lasts longer; an event further away than this from the middle one has a broken clock. */
const longestSessionMs = 30 * 24 * 3600 * 1000;

/** Judges the times of a recording by the middle one of its first events. */
export class RecordingClock {
  private readonly middle: number;

  constructor(times: readonly number[]) {
    this.middle = Float64Array.from(times).sort()[times.length >> 1] ?? 0;
  }

  /** The time in milliseconds, or undefined for one that is absurd beside all others. The time has been checked as a number. */
  mend(time: number): number | undefined {
    const isSeconds = time <= latestSeconds && time > 0 && this.middle > latestSeconds;
    const ms = isSeconds ? time * 1000 : time;
    return Math.abs(ms - this.middle) > longestSessionMs ? undefined : ms;
  }
}
