import type { Canary } from './canary';
import { rotatedAndReversed, unfold } from './decode';
import { textsIn, unpackArtifact } from './unpack';

/** A canary that was found in an export. */
export interface Leak {
  canary: Canary;
  location: string;
}

/** The number of a needle's first characters that are looked up at each position of a text. */
const prefix = 6;

/** Finds canaries in exports. Each text is searched only once, because exports repeat many texts. */
export class Finder {
  private readonly byPrefix = new Map<string, { needle: string; canary: Canary }[]>();
  private readonly seen = new Set<string>();

  constructor(
    canaries: readonly Canary[],
    private readonly own: readonly string[] = [],
  ) {
    for (const canary of canaries)
      for (const needle of canary.needles) {
        const same = this.byPrefix.get(needle.slice(0, prefix));
        if (same) same.push({ needle, canary });
        else this.byPrefix.set(needle.slice(0, prefix), [{ needle, canary }]);
      }
  }

  /** Returns the first location of each canary in an artifact. */
  inArtifact(bytes: Buffer, name: string): Leak[] {
    const leaks = new Map<Canary, Leak>();
    for (const { location, text } of unpackArtifact(bytes, name, this.own))
      for (const piece of textsIn(text))
        for (const canary of this.inText(piece)) if (!leaks.has(canary)) leaks.set(canary, { canary, location });
    return [...leaks.values()];
  }

  /** Returns the canaries in a text, in any encoding. */
  inText(text: string): Set<Canary> {
    const found = new Set<Canary>();
    for (const view of unfold(text, this.seen)) {
      this.search(view.toLowerCase(), false, found);
      for (const side of rotatedAndReversed(view)) this.search(side.toLowerCase(), true, found);
    }
    return found;
  }

  private search(text: string, isTransformed: boolean, found: Set<Canary>): void {
    for (let at = 0; at + prefix <= text.length; at++)
      for (const { needle, canary } of this.byPrefix.get(text.slice(at, at + prefix)) ?? [])
        if (text.startsWith(needle, at) && (isMark(needle) || isNumber(text, at, at + needle.length, isTransformed)))
          found.add(canary);
  }
}

/** Returns whether this is a mark. Its letters don't occur by chance. */
function isMark(needle: string): boolean {
  return /^\P{N}*$/u.test(needle);
}

/**
 * Returns whether this is a complete number: a digit beside it makes it a part of a longer number. In a transformed text, any letter can make
 * it a part of an id.
 */
function isNumber(text: string, start: number, end: number, isTransformed: boolean): boolean {
  const joined = isTransformed ? /[0-9a-z]/ : /[0-9a-f]/;
  return !joined.test(text[start - 1] ?? '') && !joined.test(text[end] ?? '');
}
