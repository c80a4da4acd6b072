/** Keys longer than this are not kept: long texts seldom come twice, and hold much memory. */
const keyLimitChars = 2_000_000;

/** Results by text. Forgets all once the texts kept exceed a number of characters: simple, and quick enough for recordings. */
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
