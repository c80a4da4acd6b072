import { foldWord } from './fold-word';
import { ambiguousGivenNames, givenNames } from './given-names';
import { isOtherWord } from './other-words';
import { surnameEnding, surnames } from './surnames';
import { matchAll } from '../match-all';

/** A capitalised word, and the part of a name that it can be. */
export interface NameWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly sort: 'given' | 'doubtful-given' | 'surname' | 'initial' | 'other' | 'unknown';
  /** True if the word has a common ending of surnames. */
  readonly hasSurnameEnding: boolean;
}

type Verdict = Pick<NameWord, 'sort' | 'hasSurnameEnding'>;

const capitalised =
  /(?<![\p{L}\p{N}\p{M}_@/\\.#$-])\p{Lu}(?:[\p{L}\p{M}]{0,30}(?:['-]\p{L}[\p{L}\p{M}]{1,30}){0,3})(?![\p{L}\p{N}\p{M}_@(]|\.\p{L}{2})/gu;
const possessive = /'[sS]$/;

const known = new Map<string, Verdict>();
const knownLimit = 50_000;

export function nameWords(text: string): NameWord[] {
  const words: NameWord[] = [];
  for (const { 0: match, index } of matchAll(text, capitalised)) {
    const word = match.replace(possessive, '');
    words.push({ start: index, end: index + word.length, text: word, ...judge(word) });
  }
  return words;
}

export function judge(word: string): Verdict {
  let verdict = known.get(word);
  if (!verdict) {
    verdict = findVerdict(word);
    if (known.size > knownLimit) known.clear();
    known.set(word, verdict);
  }
  return verdict;
}

function findVerdict(word: string): Verdict {
  if (word.length === 1) return { sort: 'initial', hasSurnameEnding: false };
  const folded = foldWord(word);
  const parts = folded.split(/[-']/);
  const isOther =
    isOtherWord(folded) || (parts.length > 1 && parts.every((part) => isOtherWord(part) || part.length < 2));
  // Plain words win over names, except for words that are in a list of given names themselves.
  const isGiven = givenNames.has(folded) || (parts.length > 1 && givenNames.has(parts[0] ?? ''));
  if (isGiven)
    return {
      sort: ambiguousGivenNames.has(folded) || isOtherWord(folded) ? 'doubtful-given' : 'given',
      hasSurnameEnding: false,
    };
  const isSurname =
    surnames.has(folded) ||
    surnames.has(parts.join('')) ||
    (parts.length > 1 && surnames.has(parts[parts.length - 1] ?? '')) ||
    /^(?:mc|mac|o'|d'|fitz)[a-z]{3,}/.test(folded);
  const hasSurnameEnding = folded.length >= 5 && surnameEnding.test(folded) && !isOther;
  if (isSurname && !isOtherWord(folded)) return { sort: 'surname', hasSurnameEnding: true };
  if (isSurname) return { sort: 'other', hasSurnameEnding: true };
  // An abbreviation in capitals, or a product name in mixed case.
  if (
    isOther ||
    (/^\p{Lu}{2,5}$/u.test(word) && !isSurname) ||
    /\p{Ll}\p{Lu}/u.test(word.replace(/^(?:Mc|Mac|De|Di|La|Le|Van|Fitz)/, ''))
  )
    return { sort: 'other', hasSurnameEnding: false };
  return { sort: 'unknown', hasSurnameEnding };
}
