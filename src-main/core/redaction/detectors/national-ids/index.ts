import { digitWindows, matchWindows } from '../digit-windows';
import type { Detector, Finding } from '../finding';
import { otherIds } from './elsewhere';
import { europeanIds } from './europe';
import type { IdRule } from './rule';

/** The largest distance between a number and the word for it, in characters. */
const nameReach = 60;
/** A character that can't be beside a number. Words of scripts without blanks can touch it. */
const edge = '(?!\\p{Script=Han}|\\p{Script=Hiragana}|\\p{Script=Katakana}|\\p{Script=Hangul})[\\p{L}\\p{N}]';
/** After these a number is an amount, even if its check digit is right. */
const amountBefore = /[$€£¥₹₩]\s?$|\d[.,]$/u;

const rules = [...europeanIds, ...otherIds].map(({ form, words, check }: IdRule) => ({
  pattern: new RegExp(`(?<!${edge}|${edge}[.,/_-])(?:${form})(?!${edge}|[.,/_-]${edge})`, 'gu'),
  words: words === undefined ? undefined : new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{Ll})[^\\n]{0,30}$`, 'iu'),
  check,
}));

/** Finds identity, tax and insurance numbers of persons by form and check digit. Where these are weak, also requires a word before the number. */
export const findNationalIds: Detector = (text) => {
  const windows = digitWindows(text, { before: nameReach, after: 24, least: 4 }).map(({ text: piece, at }) => ({
    text: piece.toUpperCase().length === piece.length ? piece.toUpperCase() : piece,
    at,
  }));
  const found: Finding[] = [];
  for (const { pattern, words, check } of rules)
    for (const { match, start, end, window } of matchWindows(windows, pattern)) {
      const before = window.text.slice(Math.max(0, match.index - nameReach), match.index);
      if (words && !words.test(before)) continue;
      if (check && !check(match[0].replace(/[^\p{L}\p{N}]/gu, ''))) continue;
      if (!words && amountBefore.test(before)) continue;
      // The window is in upper case. In the original, lower-case words aren't part of an identity number.
      const written = text.slice(start, end);
      if (!/\d/.test(written) || /\p{Ll}{3}/u.test(written)) continue;
      found.push({ start, end, kind: 'national-id' });
    }
  return found;
};
