/** The maximum number of words to keep. The gate searches for all others, which is safe. */
const limit = 100_000;

/** The texts and words that pages showed, with the first event of each. A value that was shown before it was typed is not private. */
export class PageWords {
  private readonly firstShown = new Map<string, number>();

  show(text: string, seq: number): void {
    if (text.length > 400 || this.firstShown.size >= limit) return;
    const lower = text.trim().toLowerCase();
    this.note(lower, seq);
    for (const word of lower.match(/\p{L}{5,}/gu) ?? []) this.note(word, seq);
  }

  wasShown(text: string, before: number): boolean {
    const seq = this.firstShown.get(text.toLowerCase());
    return seq !== undefined && seq < before;
  }

  private note(text: string, seq: number): void {
    if (text.length >= 5 && !this.firstShown.has(text) && this.firstShown.size < limit) this.firstShown.set(text, seq);
  }
}
