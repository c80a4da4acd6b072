/** More than this many are not kept; what is forgotten is looked for, which errs on the safe side. */
const limit = 100_000;

/** The texts and words that pages showed, with the event that first did. A value equal to one of them, shown before it was typed, is no secret. */
export class PageWords {
  private readonly firstShown = new Map<string, number>();

  show(text: string, seq: number): void {
    if (text.length > 400) return;
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
