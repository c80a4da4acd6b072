/** How often the shell asks the replay frame for a sign of life. */
export const heartbeatEveryMs = 2000;

/**
 * Decides when a silent frame is dead. Counts the beats that went unanswered and not the clock, so that a computer that
 * slept doesn't take a healthy frame for a dead one.
 */
export class Heartbeat {
  #beat = 0;
  #answered = 0;
  #missed = 0;
  readonly #allowedMisses: number;

  constructor(limitMs: number) {
    this.#allowedMisses = Math.ceil(limitMs / heartbeatEveryMs);
  }

  /** The beat to send now; `wait` while one is out: a busy frame gets no second on top. Call it every `heartbeatEveryMs`. */
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
