/** The interval of the heartbeat. */
export const heartbeatEveryMs = 2000;

/**
 * Decides when a silent frame is dead. Counts unanswered beats instead of measuring time, so that a healthy frame isn't reported
 * as dead after the computer slept.
 */
export class Heartbeat {
  #beat = 0;
  #answered = 0;
  #missed = 0;
  readonly #allowedMisses: number;

  constructor(limitMs: number) {
    this.#allowedMisses = Math.ceil(limitMs / heartbeatEveryMs);
  }

  /** Returns the beat to send, or `wait` while one is unanswered. Call it every `heartbeatEveryMs`. */
  next(): number | 'wait' | 'dead' {
    this.#missed = this.#answered === this.#beat ? 0 : this.#missed + 1;
    if (this.#missed >= this.#allowedMisses) return 'dead';
    if (this.#missed > 0) return 'wait';
    this.#beat += 1;
    return this.#beat;
  }

  answered(beat: number): void {
    this.#answered = beat;
  }
}
