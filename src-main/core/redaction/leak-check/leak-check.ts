import { base64Needles, digitNeedle, quotedNeedle, textNeedles } from './needles';
import type { Originals } from './originals';
import { PatternSet } from './pattern-set';
import { decodeOnce, digitsView, foldCase } from './views';

export interface LeakCheck {
  /** In how many places of the bytes an original stands, in any of the encodings that are read. 0: none was found. */
  check(bytes: Uint8Array): number;
}

/** Layers of encoding that are taken off, one after the other. */
const layersLimit = 4;

/**
 * Looks for originals in finished bytes: as they are, in either case, percent-, entity- and backslash-encoded up to four times over,
 * in hex, in base64 at any alignment, and long numbers with any separators. Takes time in proportion to the bytes.
 */
export function createLeakCheck({ texts, quoted }: Originals): LeakCheck {
  const plain = new PatternSet([...texts.flatMap(textNeedles), ...quoted.map(quotedNeedle)]);
  const encoded = new PatternSet(texts.flatMap(base64Needles));
  const numbers = new PatternSet(texts.flatMap(digitNeedle));
  return {
    check(bytes) {
      let view = foldCase(bytes);
      let found = plain.count(view);
      for (let layer = 0, hasMore = true; layer < layersLimit && hasMore; layer++) {
        const decoded = decodeOnce(view);
        if (!decoded) break;
        ({ bytes: view, hasMore } = decoded);
        // What shows in one view shows in the next one too; each place counts once.
        found = Math.max(found, plain.count(view));
      }
      const numbersFound = numbers.isEmpty ? 0 : numbers.count(digitsView(bytes));
      return Math.max(found, numbersFound) + encoded.count(bytes);
    },
  };
}
