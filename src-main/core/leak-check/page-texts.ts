import type { Allowed } from './allowed';
import { styleWords } from './style-words';
import { holdsUnsegmented, isUnsegmented } from './unsegmented-scripts';
import { wordsOf } from './words-of';

/** Texts of pages as originals: if a policy masks unknown texts, none of them may be in an export unchanged. */

/** Keys and attributes with texts that a page shows. */
const shownKeys = new Set(
  'textContent value text title alt placeholder label summary aria-label aria-description aria-valuetext content'.split(
    ' ',
  ),
);

export function isShownKey(key: string): boolean {
  return shownKeys.has(key);
}

/** Returns true for text that a page shows, but not for drawings and style sheets: their many numbers are not personal. */
export function isShown(text: string, key: string): boolean {
  return isShownKey(key) && !text.includes('{');
}

/** The maximum number of texts to keep, so that typed and sent values have space. */
const textsLimit = 20_000;

const longest = 200;

/** The number of words of a shared text to compare. */
const wordsLimit = 30;
/** The maximum number of stretches of shared texts to keep. The gate searches for all others, which is safe. */
const stretchesLimit = 500_000;

interface Shown {
  /** Searched for anywhere. */
  texts: Set<string>;
  /** Single words, which styles and markup hold as well: searched for only as complete texts. */
  words: Set<string>;
}

export class ShownTexts {
  private readonly shown: Shown = { texts: new Set(), words: new Set() };
  /** Stretches of texts that stay. They can be read there, even if they are hidden elsewhere. */
  private readonly stretches = new Set<string>();

  constructor(private readonly allowed: Pick<Allowed, 'isKnownWord' | 'isCommonWord' | 'isShared'>) {}

  /**
   * Keeps a complete text with an unknown word. Its single words are not kept, since style sheets and file names hold them by chance.
   */
  keep(text: string, key: string): void {
    const { texts, words } = this.shown;
    const { isKnownWord, isCommonWord, isShared } = this.allowed;
    if (!isShownKey(key) || texts.size >= textsLimit) return;
    const trimmed = text.trim();
    if (isShared(trimmed)) return this.keepShared(trimmed);
    if ((trimmed.length < 5 && !isUnsegmented(trimmed)) || trimmed.length > longest) return;
    if (wordsOf(trimmed).every((word) => isKnownWord(word))) return;
    if (/\s/.test(trimmed) || holdsUnsegmented(trimmed) || isCode(trimmed)) texts.add(trimmed.replace(/\s+/g, ' '));
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

/** Returns true for a password or a key: letters and at least two digits. With one digit it may be a name in a style sheet. */
function isCode(text: string): boolean {
  return text.length >= 8 && /\d\D*\d/.test(text) && /\p{L}/u.test(text);
}

/** Returns the words of a text with one space between them, in lower case. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
