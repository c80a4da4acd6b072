import { isRecord, type JsonRecord } from '../json';

/** Fonts are kept permanently and written into every keyframe, so their number and size are limited. */
const fontLimit = 200;
const characterLimit = 2_000_000;

/** The fonts that scripts of the page loaded, each once, in the order of their last load: browsers use the last font with a name. */
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

/** Reads weight, style, range and similar descriptors, which are all strings. */
function readDescriptors(descriptors: unknown): JsonRecord {
  if (!isRecord(descriptors)) return {};
  return Object.fromEntries(Object.entries(descriptors).filter(([, value]) => typeof value === 'string'));
}
