import type { Allowed } from './allowed';
import { styleWords } from './style-words';

/** Texts of pages as originals: under a policy that masks what it doesn't know, none of them may stand in an export as it was. */

/** Keys and attributes that hold what a page shows. */
const shownKeys = new Set(
  'textContent value text title alt placeholder label summary aria-label aria-description aria-valuetext content'.split(
    ' ',
  ),
);

/** More than this many are not kept: what was typed and sent goes before. */
const textsLimit = 20_000;

const longest = 200;

export interface ShownTexts {
  /** Found wherever they stand. */
  texts: Set<string>;
  /** Single words, which styles and markup hold as well: found as a whole text only. */
  words: Set<string>;
}

/**
 * Keeps a shown text that has a word nobody knows: the whole of it, since its single words stand in style sheets and file names by
 * chance. `isKnownWord`: does the policy let it stand, in any case?
 */
export function keepShown(
  { texts, words }: ShownTexts,
  text: string,
  key: string,
  { isKnownWord, isCommonWord }: Pick<Allowed, 'isKnownWord' | 'isCommonWord'>,
): void {
  if (!shownKeys.has(key) || texts.size >= textsLimit) return;
  const trimmed = text.trim();
  if (trimmed.length < 5 || trimmed.length > longest) return;
  const found = trimmed.match(/[\p{L}\p{M}’']{3,}/gu) ?? [];
  if (found.every((word) => isKnownWord(word))) return;
  if (/\s/.test(trimmed)) texts.add(trimmed.replace(/\s+/g, ' '));
  else if (/^\p{L}+$/u.test(trimmed) && !styleWords.has(trimmed) && !isCommonWord(trimmed)) words.add(trimmed);
}
