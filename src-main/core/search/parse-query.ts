import { isSingleCharacter, listWords } from './words';

/** Consecutive words; most terms have one. */
export interface Term {
  words: string[];
  /** True if the last word also matches longer words that begin with it. */
  isPrefix: boolean;
}

/** A session matches if it has every term and none of the excluded ones. */
export interface ParsedQuery {
  terms: Term[];
  excluded: Term[];
}

/** More than a user types. Keeps the search for a pasted page small. */
const mostTerms = 12;
const mostWords = 24;

/** An optional minus, then a text in quotes (perhaps not closed yet) or a text without a space. */
const piece = /(-?)(?:["“”„]([^"“”„]*)(["“”„]?)|(\S+))/gu;

/**
 * Parses the text of the search field. No text is an error: unknown characters separate words. The last piece matches longer words, as
 * long as neither a space nor a quote ends it.
 */
export function parseQuery(text: string): ParsedQuery {
  const parsed: ParsedQuery = { terms: [], excluded: [] };
  for (const match of text.matchAll(piece)) {
    const [matched, minus, quoted, closing, plain] = match;
    const isLast = match.index + matched.length === text.length;
    const words = listWords(quoted ?? plain ?? '').slice(0, mostWords);
    const last = words.at(-1);
    if (last === undefined) continue;
    const isUnfinished = isLast && (quoted === undefined || closing === '');
    const isStarred = plain?.endsWith('*') === true;
    // An excluded word never matches longer ones: the user may not have finished typing it.
    const isPrefix = (isStarred || (isUnfinished && minus === '')) && !isSingleCharacter(last);
    const into = minus === '' ? parsed.terms : parsed.excluded;
    if (into.length < mostTerms) into.push({ words, isPrefix });
  }
  return parsed;
}
