import { BoundedCache } from './bounded-cache';
import { maskOfLength, valueMask } from './placeholders';
import { bulletRun } from './page/private-shapes';
import { replaceFound, type FoundPart, type PrivateValues } from './private-values/private-values';
import type { AllowedWords } from './allowed-words';

/** Masks a text word by word. Hidden words become dots or a pseudonym. */
export interface TextMask {
  /**
   * `parts`: the private parts of the text, if it was read together with adjacent texts. `isContent`: whether it belongs to a text that is
   * too long for a label.
   */
  (text: string, parts?: readonly FoundPart[], isContent?: boolean): string;
  /** Masks private values only: those in `parts`, or else all that are found. */
  found: (text: string, parts?: readonly FoundPart[]) => string;
  /** Masks everything; only the length class stays. */
  whole: (text: string) => string;
}

/** Format, private-use and unassigned characters, lone surrogates, and invisible blanks: they can split words invisibly. */
const invisible = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu;
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
const plain = /^[\t\n\r\x20-\x7e]*$/;

/** Longer tokens don't count as words. */
const wordLimit = 48;
const wordShape = /^([^\p{L}\p{N}]{0,3})(\p{L}(?:[\p{L}'\-–—/&]*\p{L})?)([^\p{L}\p{N}]{0,3})$/u;
const punctuation = /^[.,:;!?()[\]{}"'“”‘’«»…–—\-+*/×·|<>=&%#@$€£¥₹~^©®™→←↑↓✓✕]{0,3}$/u;

/** Longer runs of masked words are cut, so that the length of a text doesn't show. */
const runLimit = 24;

/**
 * A text with more words counts as content, and all its words are masked. Labels and messages of an interface are short, while people's
 * own texts can consist of interface words alone.
 */
export const wordsLimit = 15;

/** Texts longer than this are cut before they are masked. */
const textLimit = 200_000;

/** `hasBullets`: whether the page's own masks are written with one fixed length. */
export function createTextMask(words: AllowedWords, values: PrivateValues = noValues, hasBullets = true): TextMask {
  const cache = new BoundedCache(2_000_000);
  const level = (text: string): string => (hasBullets ? text.replace(bulletRun, valueMask) : text);

  /**
   * Hides private values even where they consist of allowed words, so that masking word by word never reveals more than masking private
   * values only.
   */
  function maskFound(text: string, parts?: readonly FoundPart[], isPartOfContent = false): string {
    const masked = maskText(level(text), words, isPartOfContent || undefined);
    if (!values.hasPseudonyms && !/\p{L}/u.test(masked)) return masked;
    const found = parts ?? wholeParts(text);
    if (found.length === 0) return masked;
    const isLong = isPartOfContent || isContent(text);
    return replaceFound(text, found, values, (piece) => maskText(level(piece), words, isLong));
  }

  function wholeParts(text: string): FoundPart[] {
    return values.find(text).map((one) => ({ ...one, value: text.slice(one.start, one.end) }));
  }

  const mask: TextMask = (text, parts, isPartOfContent) =>
    parts || isPartOfContent
      ? maskFound(text, parts, isPartOfContent)
      : cache.get(text, (original) => maskFound(level(original)));
  mask.whole = (text) => (text.trim() === '' ? maskText(text, words) : maskOfLength([...text.trim()].length));
  mask.found = (text, parts) => {
    if (values.isUnsure || text.length > textLimit) return mask(text);
    return replaceFound(text, parts ?? wholeParts(text), values, level);
  };
  return mask;
}

const noValues: PrivateValues = {
  find: () => [],
  replace: (_kind, value) => maskOfLength(value.length),
  isUnsure: false,
  hasPseudonyms: false,
};

/** Returns whether the text is too long for a label. */
function isContent(text: string): boolean {
  return countWords(text) > wordsLimit;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((token) => /\p{L}/u.test(token)).length;
}

function maskText(original: string, words: AllowedWords, isLong?: boolean): string {
  const cut = original.length > textLimit ? original.slice(0, textLimit) : original;
  const text = plain.test(cut) ? cut : cut.replace(controls, '').normalize('NFKC').replace(invisible, '');
  const tokens = text.split(/(\s+)/);
  const isHidden = isLong ?? tokens.filter((token) => /\p{L}/u.test(token)).length > wordsLimit;
  const verdicts = tokens.map((token, index) =>
    index % 2 === 1 ? 'space' : isHidden ? 'other' : judgeToken(token, words),
  );
  // Single letters pass only beside real words, so that a text split into letters isn't readable letter by letter.
  const isLetterAllowed = verdicts.filter((verdict) => verdict === 'word').length >= 2;
  let result = '';
  let run = 0;
  for (const [index, token] of tokens.entries()) {
    const verdict = verdicts[index];
    if (verdict === 'space') {
      if (run <= runLimit) result += token.includes('\n') ? '\n' : ' ';
    } else if (verdict === 'word' || verdict === 'punctuation' || (verdict === 'letter' && isLetterAllowed)) {
      result += token;
      if (token !== '') run = 0;
    } else if (token !== '' && ++run <= runLimit) {
      result += maskOfLength([...token].length);
    }
  }
  return result;
}

type Verdict = 'word' | 'letter' | 'punctuation' | 'other';

function judgeToken(token: string, words: AllowedWords): Verdict {
  if (token.length > wordLimit) return 'other';
  if (punctuation.test(token)) return 'punctuation';
  const [, before = '', core = '', after = ''] = wordShape.exec(token.replace(/[’‘]/g, "'")) ?? [];
  if (core === '' || !punctuation.test(before) || !punctuation.test(after)) return 'other';
  const parts = core.split(/[-–—/&]/);
  if (!parts.every((part) => words.has(part))) return 'other';
  return parts.some((part) => part.length > 1) ? 'word' : 'letter';
}
