import type { Finding } from '../detectors';
import { normaliseText } from '../detectors/normal-text';
import { literalForms, LiteralSearch, type Entities, type Literal } from '../entities';

/** Shorter values occur everywhere by chance. They are hidden only where they are a complete text. */
const shortest = 4;

/** Finds known values and their other forms in texts, whatever their spelling. */
export class Literals {
  private readonly search: LiteralSearch;
  private readonly completeTexts = new Map<string, Finding['kind']>();

  /** `onRepair` is called for each value found that the leak gate had found before. */
  constructor(
    { values, isFull }: Entities,
    private readonly onRepair: (literal: Literal) => void = () => undefined,
  ) {
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
    return this.search.find(text).map(({ start, end, kind = 'own', repair }) => {
      if (repair) this.onRepair(repair);
      const [from, to] = original(start, end);
      return { start: from, end: to, kind };
    });
  }
}
