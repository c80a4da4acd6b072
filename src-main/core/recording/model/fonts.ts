import { isRecord, type JsonRecord } from '../json';

/** Fonts stay for good and go into every keyframe, so only so many characters of them are kept. */
const fontLimit = 200;
const characterLimit = 2_000_000;

/** The fonts that scripts of the page loaded, each once, where it was loaded last: of two with one name the later one is drawn. */
export class Fonts {
  private readonly fonts = new Map<string, JsonRecord>();
  private characters = 0;

  /** Returns false if the font is malformed or exceeds a limit. */
  add({ family, fontSource, buffer, descriptors }: JsonRecord): boolean {
    if (typeof family !== 'string' || typeof fontSource !== 'string') return false;
    const size = family.length + fontSource.length;
    if (size > characterLimit) return false;
    const known = readDescriptors(descriptors);
    const font: JsonRecord = { family, fontSource, buffer: buffer === true, descriptors: known };
    const key = JSON.stringify([family, known, fontSource]);
    if (!this.fonts.delete(key)) {
      if (this.fonts.size >= fontLimit || this.characters + size > characterLimit) return false;
      this.characters += size;
    }
    this.fonts.set(key, font);
    return true;
  }

  write(): JsonRecord[] {
    return [...this.fonts.values()];
  }
}

/** Weight, style, range and the like, all of them words. */
function readDescriptors(descriptors: unknown): JsonRecord {
  if (!isRecord(descriptors)) return {};
  return Object.fromEntries(Object.entries(descriptors).filter(([, value]) => typeof value === 'string'));
}
