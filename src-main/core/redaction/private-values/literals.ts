import type { Finding } from '../detectors';
import { normaliseText } from '../detectors/normal-text';
import { literalForms, LiteralSearch, type Entities } from '../entities';

/** Values shorter than this are everywhere; they are hidden only where they are a whole text. */
const shortest = 4;

/** Finds known values, and the forms in which they may stand elsewhere, in texts however they are written. */
export class Literals {
  private readonly search: LiteralSearch;
  private readonly whole = new Map<string, Finding['kind']>();

  constructor({ values, isFull }: Entities) {
    const plain = values.map(({ value, kind }) => ({ value: normaliseText(value.trim()).text, kind }));
    this.search = new LiteralSearch(literalForms({ values: plain, isFull }));
    for (const { value, kind = 'own' } of plain) {
      if (value !== '' && value.length < shortest) this.whole.set(value.toLowerCase(), kind);
    }
  }

  find(written: string): Finding[] {
    const { text, original } = normaliseText(written);
    const wholeKind = this.whole.get(text.trim().toLowerCase());
    if (wholeKind !== undefined) return [{ start: 0, end: written.length, kind: wholeKind }];
    return this.search.find(text).map(({ start, end, kind = 'own' }) => {
      const [from, to] = original(start, end);
      return { start: from, end: to, kind };
    });
  }
}
