import { digitWindows, matchWindows } from '../digit-windows';
import type { Detector, Finding } from '../finding';
import { otherIds } from './elsewhere';
import { europeanIds } from './europe';
import type { IdRule } from './rule';

/** How far before a number its name may stand. */
const nameReach = 60;
/** Words without blanks between them stand right beside a number. */
const edge = '(?!\\p{Script=Han}|\\p{Script=Hiragana}|\\p{Script=Katakana}|\\p{Script=Hangul})[\\p{L}\\p{N}]';
/** After these a number is a count or an amount, whatever its check digit says. */
const amountBefore = /[$€£¥₹₩]\s?$|\d[.,]$/u;

const rules = [...europeanIds, ...otherIds].map(({ form, words, check }: IdRule) => ({
  pattern: new RegExp(`(?<!${edge}|${edge}[.,/_-])(?:${form})(?!${edge}|[.,/_-]${edge})`, 'gu'),
  words: words === undefined ? undefined : new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{Ll})[^\\n]{0,30}$`, 'iu'),
  check,
}));

/** Identity, tax and insurance numbers of persons, by form, check digit and, where these say little, by a word before them. */
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
      // In the original a number of capitals is written in capitals: words in lower case are no code.
      const written = text.slice(start, end);
      if (!/\d/.test(written) || /\p{Ll}{3}/u.test(written)) continue;
      found.push({ start, end, kind: 'national-id' });
    }
  return found;
};
