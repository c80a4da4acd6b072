/** So many writes are at the disk at once; more would take the threads with which the recording is read. */
const running = 2;
/** At most this many writes are under way, each with a segment's bytes: a disk that stops for a moment stops nothing else. */
const depth = 16;

/** Lets writes run beside the work that makes their bytes, a few at a time. The first error comes with the next call. */
export class WriteQueue {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly lanes = new Set<Promise<void>>();
  private underWay = 0;
  private roomMade: (() => void) | undefined;
  private failure: { error: unknown } | undefined;

  /** Ends when there is room for another. */
  async add(write: () => Promise<void>): Promise<void> {
    this.throwFailure();
    this.waiting.push(write);
    this.underWay++;
    if (this.lanes.size < running) this.openLane();
    if (this.underWay >= depth) await new Promise<void>((resolve) => (this.roomMade = resolve));
  }

  /** Ends when all is written. */
  async drain(): Promise<void> {
    await this.settle();
    this.throwFailure();
  }

  /** Ends when nothing runs any more, whatever failed. */
  async settle(): Promise<void> {
    await Promise.all(this.lanes);
  }

  private openLane(): void {
    const lane = this.work().finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
  }

  /** After a failure nothing more is written: the session is given up. */
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
