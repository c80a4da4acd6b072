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
    for (const view of unfold(text, this.seen))
      for (const side of [view, ...turned(view)]) this.search(side.toLowerCase(), found);
    return found;
  }

  private search(text: string, found: Set<Canary>): void {
    for (let at = 0; at + prefix <= text.length; at++)
      for (const { needle, canary } of this.byPrefix.get(text.slice(at, at + prefix)) ?? [])
        if (text.startsWith(needle, at) && (isMark(needle) || standsAlone(text, at, at + needle.length)))
          found.add(canary);
  }
}

/** Letters of a mark stand nowhere by chance. */
function isMark(needle: string): boolean {
  return /^\P{N}*$/u.test(needle);
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !/[0-9a-f]/.test(text[start - 1] ?? '') && !/[0-9a-f]/.test(text[end] ?? '');
}
