/** The displayed time of the session. It runs at a speed or is stopped. Only a seek moves it back. */
export class PlayClock {
  private fromMs = 0;
  private since: number | undefined;
  private speed = 1;

  /** @param now  monotonic, ms */
  constructor(private readonly now: () => number) {}

  get atMs(): number {
    return this.since === undefined ? this.fromMs : this.fromMs + (this.now() - this.since) * this.speed;
  }

  get isRunning(): boolean {
    return this.since !== undefined;
  }

  run(): void {
    this.since ??= this.now();
  }

  stop(): void {
    this.set(this.atMs);
    this.since = undefined;
  }

  set(atMs: number): void {
    this.fromMs = atMs;
    if (this.since !== undefined) this.since = this.now();
  }

  setSpeed(speed: number): void {
    this.set(this.atMs);
    this.speed = speed;
  }
}
