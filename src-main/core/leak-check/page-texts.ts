import type { Allowed } from './allowed';
import { styleWords } from './style-words';
import { holdsUnparted, isUnparted, nameLike } from './unsegmented-scripts';

/** Texts of pages as originals: under a policy that masks what it doesn't know, none of them may stand in an export as it was. */

/** Keys and attributes that hold what a page shows. */
const shownKeys = new Set(
  'textContent value text title alt placeholder label summary aria-label aria-description aria-valuetext content'.split(
    ' ',
  ),
);

/** Is it text that a page shows, and neither a drawing nor a style sheet? Those hold long rows of numbers that say nothing of a person. */
export function isShown(text: string, key: string): boolean {
  return shownKeys.has(key) && !text.includes('{');
}

/** More than this many are not kept: what was typed and sent goes before. */
const textsLimit = 20_000;

const longest = 200;

/** Of texts that many people saw, stretches of so many words are told apart. */
const wordsLimit = 30;
/** So many stretches are kept; what is forgotten is looked for, which errs on the safe side. */
const stretchesLimit = 500_000;

interface Shown {
  /** Found wherever they stand. */
  texts: Set<string>;
  /** Single words, which styles and markup hold as well: found as a whole text only. */
  words: Set<string>;
}

export class ShownTexts {
  private readonly shown: Shown = { texts: new Set(), words: new Set() };
  /** What stands in texts that stay: it may be read there, wherever else it is hidden. */
  private readonly stretches = new Set<string>();

  constructor(private readonly allowed: Pick<Allowed, 'isKnownWord' | 'isCommonWord' | 'isShared'>) {}

  /**
   * Keeps a shown text that has a word nobody knows: the whole of it, since its single words stand in style sheets and file names by
   * chance.
   */
  keep(text: string, key: string): void {
    const { texts, words } = this.shown;
    const { isKnownWord, isCommonWord, isShared } = this.allowed;
    if (!shownKeys.has(key) || texts.size >= textsLimit) return;
    const trimmed = text.trim();
    if (isShared(trimmed)) return this.keepShared(trimmed);
    if ((trimmed.length < 5 && !isUnparted(trimmed)) || trimmed.length > longest) return;
    const found = trimmed.match(nameLike) ?? [];
    if (found.every((word) => isKnownWord(word))) return;
    if (/\s/.test(trimmed) || holdsUnparted(trimmed) || isCode(trimmed)) texts.add(trimmed.replace(/\s+/g, ' '));
    else if (/^\p{L}+$/u.test(trimmed) && !styleWords.has(trimmed) && !isCommonWord(trimmed)) words.add(trimmed);
  }

  finish(): Shown {
    const stays = (text: string): boolean => this.stretches.has(bare(text));
    return {
      texts: new Set([...this.shown.texts].filter((text) => !stays(text))),
      words: new Set([...this.shown.words].filter((word) => !stays(word))),
    };
  }

  private keepShared(text: string): void {
    const words = bare(text).split(' ').slice(0, wordsLimit);
    if (this.stretches.has(words.join(' ')) || this.stretches.size >= stretchesLimit) return;
    for (let from = 0; from < words.length; from++)
      for (let to = from + 1; to <= words.length; to++) this.stretches.add(words.slice(from, to).join(' '));
  }
}

/** A password or a key: letters and at least two digits in one piece. What has one may be a name in a style sheet. */
function isCode(text: string): boolean {
  return text.length >= 8 && /\d\D*\d/.test(text) && /\p{L}/u.test(text);
}

/** Words with one blank between them, whatever stood there. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
