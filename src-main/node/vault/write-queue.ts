/** At most this many writes wait for the disk at once, each with a segment's bytes. */
const depth = 4;

/** Lets writes run beside the work that makes their bytes, a few at a time. The first error comes with the next call. */
export class WriteQueue {
  private readonly running = new Set<Promise<void>>();
  private failure: { error: unknown } | undefined;

  /** Ends when there is room for another. */
  async add(write: () => Promise<void>): Promise<void> {
    this.throwFailure();
    const task: Promise<void> = write()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(task));
    this.running.add(task);
    if (this.running.size >= depth) await Promise.race(this.running);
  }

  /** Ends when all is written. */
  async drain(): Promise<void> {
    await Promise.all(this.running);
    this.throwFailure();
  }

  /** Ends when nothing runs any more, whatever failed. */
  async settle(): Promise<void> {
    await Promise.all(this.running);
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
