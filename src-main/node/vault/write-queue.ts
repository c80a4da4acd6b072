/** Concurrent writes. More would take the threads that read the recording. */
const running = 2;
/** The most pending writes, each with a segment's bytes: enough to continue while the disk stalls briefly. */
const depth = 16;

/** Runs a few writes in the background. The next call throws the first error. */
export class WriteQueue {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly lanes = new Set<Promise<void>>();
  private underWay = 0;
  private roomMade: (() => void) | undefined;
  private failure: { error: unknown } | undefined;

  /** Resolves when another write may be added. */
  async add(write: () => Promise<void>): Promise<void> {
    this.throwFailure();
    this.waiting.push(write);
    this.underWay++;
    if (this.lanes.size < running) this.openLane();
    if (this.underWay >= depth) await new Promise<void>((resolve) => (this.roomMade = resolve));
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
      this.underWay--;
      this.roomMade?.();
      this.roomMade = undefined;
    }
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
