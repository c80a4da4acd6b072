import type { Canary } from './canary';
import { turned, unfold } from './decode';
import { textsIn, unpackArtifact } from './unpack';

/** A canary that came out. */
export interface Leak {
  canary: Canary;
  place: string;
}

/** So many characters of a needle are looked up at each place of a text. */
const prefix = 6;

/** Searches exported files for canaries. It reads no content twice: exports repeat themselves. */
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

  /** The first place of each canary that stands in an artifact. */
  inArtifact(bytes: Buffer, name: string): Leak[] {
    const leaks = new Map<Canary, Leak>();
    for (const { place, text } of unpackArtifact(bytes, name, this.own))
      for (const piece of textsIn(text))
        for (const canary of this.inText(piece)) if (!leaks.has(canary)) leaks.set(canary, { canary, place });
    return [...leaks.values()];
  }

  /** Canaries in a text, under every encoding. */
  inText(text: string): Set<Canary> {
    const found = new Set<Canary>();
    for (const view of unfold(text, this.seen)) {
      this.search(view.toLowerCase(), false, found);
      for (const side of turned(view)) this.search(side.toLowerCase(), true, found);
    }
    return found;
  }

  private search(text: string, isTurned: boolean, found: Set<Canary>): void {
    for (let at = 0; at + prefix <= text.length; at++)
      for (const { needle, canary } of this.byPrefix.get(text.slice(at, at + prefix)) ?? [])
        if (text.startsWith(needle, at) && (isMark(needle) || isNumber(text, at, at + needle.length, isTurned)))
          found.add(canary);
  }
}

/** Letters of a mark stand nowhere by chance. */
function isMark(needle: string): boolean {
  return /^\P{N}*$/u.test(needle);
}

/** Does it stand alone? Beside it, a digit makes it a part of a longer number, and of an id in a text that was turned any letter. */
function isNumber(text: string, start: number, end: number, isTurned: boolean): boolean {
  const joined = isTurned ? /[0-9a-z]/ : /[0-9a-f]/;
  return !joined.test(text[start - 1] ?? '') && !joined.test(text[end] ?? '');
}
