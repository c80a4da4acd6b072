import type { Finding } from '../detectors';
import { normaliseText } from '../detectors/normal-text';
import { literalForms, LiteralSearch, type Entities } from '../entities';

/** Shorter values occur everywhere by chance. They are hidden only where they are a complete text. */
const shortest = 4;

/** Finds known values and their other forms in texts, whatever their spelling. */
export class Literals {
  private readonly search: LiteralSearch;
  private readonly completeTexts = new Map<string, Finding['kind']>();

  constructor({ values, isFull }: Entities) {
    const plain = values.map((each) => ({ ...each, value: normaliseText(each.value.trim()).text }));
    this.search = new LiteralSearch(literalForms({ values: plain, isFull }));
    for (const { value, kind = 'own' } of plain) {
      if (value !== '' && value.length < shortest) this.completeTexts.set(value.toLowerCase(), kind);
    }
  }

  find(written: string): Finding[] {
    const { text, original } = normaliseText(written);
    const completeKind = this.completeTexts.get(text.trim().toLowerCase());
    if (completeKind !== undefined) return [{ start: 0, end: written.length, kind: completeKind }];
    return this.search.find(text).map(({ start, end, kind = 'own' }) => {
      const [from, to] = original(start, end);
      return { start: from, end: to, kind };
    });
  }
}
