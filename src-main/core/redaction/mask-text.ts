import { BoundedCache } from './bounded-cache';
import { maskOfLength } from './masks';
import type { Words } from './words';

/** Masks a text word by word. The result holds a `•` exactly when something was masked. */
export type TextMask = (text: string) => string;

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

export function createTextMask(words: Words): TextMask {
  const cache = new BoundedCache(2_000_000);
  return (text) => cache.get(text, (original) => maskText(original, words));
}

function maskText(original: string, words: Words): string {
  const cut = original.length > textLimit ? original.slice(0, textLimit) : original;
  const text = plain.test(cut) ? cut : cut.replace(controls, '').normalize('NFKC').replace(unseen, '');
  const tokens = text.split(/(\s+)/);
  const isContent = tokens.filter((token) => /\p{L}/u.test(token)).length > wordsLimit;
  const verdicts = tokens.map((token, index) =>
    index % 2 === 1 ? 'space' : isContent ? 'other' : judgeToken(token, words),
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

function judgeToken(token: string, words: Words): Verdict {
  if (token.length > wordLimit) return 'other';
  if (punctuation.test(token)) return 'punctuation';
  const [, before = '', core = '', after = ''] = wordShape.exec(token.replace(/[’‘]/g, "'")) ?? [];
  if (core === '' || !punctuation.test(before) || !punctuation.test(after)) return 'other';
  const parts = core.split(/[-–—/&]/);
  if (!parts.every((part) => words.has(part))) return 'other';
  return parts.some((part) => part.length > 1) ? 'word' : 'letter';
}
