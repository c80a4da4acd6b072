/** Longer keys are not cached: long texts are rarely repeated and need much memory. */
const keyLimitChars = 2_000_000;

/** Caches results by text. It is emptied when its texts exceed a number of characters, which is simple and fast enough for recordings. */
export class BoundedCache {
  private readonly results = new Map<string, string>();
  private chars = 0;

  constructor(private readonly limitChars: number) {}

  get(key: string, make: (key: string) => string): string {
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const result = make(key);
    if (key.length > keyLimitChars) return result;
    if (this.chars > this.limitChars) {
      this.results.clear();
      this.chars = 0;
    }
    this.chars += key.length + result.length + 64;
    this.results.set(key, result);
    return result;
  }
}
