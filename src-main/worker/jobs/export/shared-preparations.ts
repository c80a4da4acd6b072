import { createHash } from 'node:crypto';

/** How many results are kept, and for how long without use, ms. They hold private values, in memory only. */
const mostKept = 4;
const keptMs = 3 * 60_000;

interface Kept {
  result: unknown;
  timer: NodeJS.Timeout;
}

/**
 * Results of preparing an export that the next step needs again: the preview, the notes switch and the save of one dialog redact a session
 * once. The id of a result is the hash of everything that it depends on, so that a changed session or policy has another one.
 */
export class SharedPreparations {
  private readonly kept = new Map<string, Kept>();

  /** Returns the result for these facts, or makes it. A failed or cancelled one is not kept. */
  async take<T>(dependsOn: readonly unknown[], make: () => Promise<T>): Promise<T> {
    const id = createHash('sha256').update(JSON.stringify(dependsOn)).digest('hex');
    const known = this.kept.get(id);
    const result = known ? (known.result as T) : await make();
    this.drop(id);
    const timer = setTimeout(() => this.drop(id), keptMs);
    timer.unref();
    this.kept.set(id, { result, timer });
    for (const old of [...this.kept.keys()].slice(0, -mostKept)) this.drop(old);
    return result;
  }

  clear(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private drop(id: string): void {
    clearTimeout(this.kept.get(id)?.timer);
    this.kept.delete(id);
  }
}
