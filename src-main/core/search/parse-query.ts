import { isSingleCharacter, listWords } from './words';

/** Words that have to follow each other; most have one. */
export interface Term {
  words: string[];
  /** The last word may be the beginning of a longer one. */
  isPrefix: boolean;
}

/** What a person asks for: every term, and none of the excluded ones. */
export interface ParsedQuery {
  terms: Term[];
  excluded: Term[];
}

/** More than anybody types; a pasted page must not become a search that takes for ever. */
const mostTerms = 12;
const mostWords = 24;

/** A piece: perhaps a minus, then something in quotes (perhaps not closed yet) or something without a space. */
const piece = /(-?)(?:["“”„]([^"“”„]*)(["“”„]?)|(\S+))/gu;

/**
 * Reads what stands in the search field. Nothing in it is an error: what isn't understood separates words. The last piece is taken for
 * the beginning of a word as long as nothing ends it.
 */
export function parseQuery(text: string): ParsedQuery {
  const parsed: ParsedQuery = { terms: [], excluded: [] };
  for (const match of text.matchAll(piece)) {
    const [whole, minus, quoted, closing, plain] = match;
    const isLast = match.index + whole.length === text.length;
    const words = listWords(quoted ?? plain ?? '').slice(0, mostWords);
    const last = words.at(-1);
    if (last === undefined) continue;
    const isUnfinished = isLast && (quoted === undefined || closing === '');
    const isStarred = plain?.endsWith('*') === true;
    // What is excluded is only what was written: its longer words come when the user has typed on.
    const isPrefix = (isStarred || (isUnfinished && minus === '')) && !isSingleCharacter(last);
    const into = minus === '' ? parsed.terms : parsed.excluded;
    if (into.length < mostTerms) into.push({ words, isPrefix });
  }
  return parsed;
}
