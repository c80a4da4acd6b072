/** The maximum number of words to keep. The gate searches for all others, which is safe. */
const limit = 100_000;

/** The texts and words that pages showed, with the first event of each. A value that was shown before it was typed is not private. */
export class PageWords {
  private readonly firstShown = new Map<string, number>();
  private readonly codes = new Set<string>();

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

  /** Notes the parts of a text with digits, such as `TX-2001` in `Lamp (TX-2001)`. */
  showCodes(text: string): void {
    if (text.length > 400 || !/\d/.test(text)) return;
    for (const code of text.toLowerCase().split(/[\s,;:()[\]"'“”„]+/))
      if (/\d/.test(code) && this.codes.size < limit) this.codes.add(code);
  }

  /** Returns true if a page showed the text at any time, as a complete text, a word or a code. */
  isShown(text: string): boolean {
    const lower = text.trim().toLowerCase();
    return this.firstShown.has(lower) || this.codes.has(lower);
  }

  private note(text: string, seq: number): void {
    if (text.length >= 5 && !this.firstShown.has(text) && this.firstShown.size < limit) this.firstShown.set(text, seq);
  }
}
