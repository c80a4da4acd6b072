import { BoundedCache } from './bounded-cache';
import { maskOfLength, valueMask } from './placeholders';
import { bulletRun } from './page/private-shapes';
import { replaceFound, type FoundPart, type PrivateValues } from './private-values/private-values';
import type { AllowedWords } from './allowed-words';

/** Masks a text word by word. What it hides it writes as dots, or as a pseudonym. */
export interface TextMask {
  /** `parts`: what of it is private, where it was read together with what stands beside it. */
  (text: string, parts?: readonly FoundPart[]): string;
  /** A text that stays but for what is private in it: all that is found, or the parts of it that are given. */
  found: (text: string, parts?: readonly FoundPart[]) => string;
  /** A text of which only its length class stays. */
  whole: (text: string) => string;
}

/** Format, private-use and unassigned characters, lone surrogates, and blanks that look like nothing: they split words unseen. */
const unseen = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu;
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
const plain = /^[\t\n\r\x20-\x7e]*$/;

/** A word with a little punctuation around it; longer tokens are no words. */
const wordLimit = 48;
const wordShape = /^([^\p{L}\p{N}]{0,3})(\p{L}(?:[\p{L}'\-–—/&]*\p{L})?)([^\p{L}\p{N}]{0,3})$/u;
const punctuation = /^[.,:;!?()[\]{}"'“”‘’«»…–—\-+*/×·|<>=&%#@$€£¥₹~^©®™→←↑↓✓✕]{0,3}$/u;

/** A run of masked words longer than this is cut: how much was said is nobody's business either. */
const runLimit = 24;

/**
 * A text of more words than this is taken for content, and none of its words stays: controls and messages are short,
 * while what people write to each other can consist of plain words only.
 */
const wordsLimit = 15;

/** Texts longer than this are cut before they are masked. */
const textLimit = 200_000;

/** `hasBullets`: a page's own masks are all of one length. */
export function createTextMask(words: AllowedWords, values: PrivateValues = noValues, hasBullets = true): TextMask {
  const cache = new BoundedCache(2_000_000);
  const level = (text: string): string => (hasBullets ? text.replace(bulletRun, valueMask) : text);

  /**
   * Private values are hidden among allowed words as well, so that a text never says more for being masked word by word than it would if it
   * stayed but for what is found in it.
   */
  function maskFound(text: string, parts?: readonly FoundPart[]): string {
    const masked = maskText(level(text), words);
    if (!values.hasPseudonyms && !/\p{L}/u.test(masked)) return masked;
    const found = parts ?? wholeParts(text);
    if (found.length === 0) return masked;
    const isLong = isContent(text);
    return replaceFound(text, found, values, (piece) => maskText(level(piece), words, isLong));
  }

  function wholeParts(text: string): FoundPart[] {
    return values.find(text).map((one) => ({ ...one, value: text.slice(one.start, one.end) }));
  }

  const mask: TextMask = (text, parts) =>
    parts ? maskFound(text, parts) : cache.get(text, (original) => maskFound(level(original)));
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

/** Is this long enough to be what somebody wrote rather than a label? */
function isContent(text: string): boolean {
  return text.split(/\s+/).filter((token) => /\p{L}/u.test(token)).length > wordsLimit;
}

function maskText(original: string, words: AllowedWords, isLong?: boolean): string {
  const cut = original.length > textLimit ? original.slice(0, textLimit) : original;
  const text = plain.test(cut) ? cut : cut.replace(controls, '').normalize('NFKC').replace(unseen, '');
  const tokens = text.split(/(\s+)/);
  const isHidden = isLong ?? tokens.filter((token) => /\p{L}/u.test(token)).length > wordsLimit;
  const verdicts = tokens.map((token, index) =>
    index % 2 === 1 ? 'space' : isHidden ? 'other' : judgeToken(token, words),
  );
  // Single letters pass only beside real words: a text cut into letters must not come back letter by letter.
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
