/** Concurrent writes. More would take the threads that read the recording. */
const running = 2;
/** The most pending writes, each with a segment's bytes: enough to continue while the disk stalls briefly. */
const depth = 16;

/**
 * Runs the writes of one new session in the background, in no fixed order. The next call throws the first error. The worker's `KeyedMutex`
 * keeps two jobs from changing the same session.
 */
export class WriteQueue {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly lanes = new Set<Promise<void>>();
  private pendingCount = 0;
  private onSpace: (() => void) | undefined;
  private failure: { error: unknown } | undefined;

  /** Resolves when another write may be added. */
  async add(write: () => Promise<void>): Promise<void> {
    this.throwFailure();
    this.waiting.push(write);
    this.pendingCount++;
    if (this.lanes.size < running) this.openLane();
    if (this.pendingCount >= depth) await new Promise<void>((resolve) => (this.onSpace = resolve));
  }

  /** Resolves when everything is written. */
  async drain(): Promise<void> {
    await this.settle();
    this.throwFailure();
  }

  /** Resolves when nothing runs any more, even after an error. */
  async settle(): Promise<void> {
    await Promise.all(this.lanes);
  }

  private openLane(): void {
    const lane = this.work().finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
  }

  /** After an error no more is written, because the session is discarded. */
  private async work(): Promise<void> {
    for (let write = this.waiting.shift(); write; write = this.waiting.shift()) {
      try {
        if (!this.failure) await write();
      } catch (error) {
        this.failure ??= { error };
      }
      this.pendingCount--;
      this.onSpace?.();
      this.onSpace = undefined;
    }
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
