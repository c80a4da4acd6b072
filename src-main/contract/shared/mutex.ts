/** Runs steps one after another, in the order in which they are requested. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs the step once every earlier step has settled. A step that fails doesn't stop the next one. */
  run<T>(step: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(step);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when every step that was requested so far has settled. */
  async idle(): Promise<void> {
    await this.last;
  }
}

/** A mutex for each key: steps with the same key run one after another, steps with different keys side by side. */
export class KeyedMutex {
  private readonly mutexes = new Map<string, { mutex: Mutex; users: number }>();

  async run<T>(key: string, step: () => T | Promise<T>): Promise<T> {
    const entry = this.mutexes.get(key) ?? { mutex: new Mutex(), users: 0 };
    this.mutexes.set(key, entry);
    entry.users++;
    try {
      return await entry.mutex.run(step);
    } finally {
      entry.users--;
      if (entry.users === 0) this.mutexes.delete(key);
    }
  }

  /** The number of keys with a step that runs or waits. */
  get size(): number {
    return this.mutexes.size;
  }
}
