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

/** Looks for canaries in whatever comes out. What was looked through once isn't again: exports say the same many times. */
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
      this.search(view.toLowerCase(), hexSign, found);
      for (const side of turned(view)) this.search(side.toLowerCase(), letterOrDigit, found);
    }
    return found;
  }

  private search(text: string, joined: RegExp, found: Set<Canary>): void {
    for (let at = 0; at + prefix <= text.length; at++)
      for (const { needle, canary } of this.byPrefix.get(text.slice(at, at + prefix)) ?? [])
        if (text.startsWith(needle, at) && (isMark(needle) || standsAlone(text, at, at + needle.length, joined)))
          found.add(canary);
  }
}

/** Letters of a mark stand nowhere by chance. */
function isMark(needle: string): boolean {
  return /^\P{N}*$/u.test(needle);
}

/** Beside a number: what makes it a part of a longer one, as of an id. In a text that was turned the letters of one are any. */
const hexSign = /[0-9a-f]/;
const letterOrDigit = /[0-9a-z]/;

function standsAlone(text: string, start: number, end: number, joined: RegExp): boolean {
  return !joined.test(text[start - 1] ?? '') && !joined.test(text[end] ?? '');
}
