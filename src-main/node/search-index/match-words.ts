import type { ParsedQuery, Term } from '../../core/search/parse-query';
import type { FoundWords } from '../../core/search/snippet';
import type { Database, Statement } from './database';

/** A prefix is expanded to at most this many words: those that occur in the most sessions. */
const expansionsLimit = 32;
const lastCharacter = '\u{10FFFF}';

/** A query as FTS5 expressions. */
export interface WrittenQuery {
  /** For sessions: all terms, at any positions. */
  anywhere: string;
  /** For positions: all terms and no excluded one, … */
  together: string;
  /** … each single term, … */
  each: string[];
  /** … or any of them. */
  any: string;
  /** The words that match the terms, to highlight them. */
  found: FoundWords[];
  hasExcluded: boolean;
}

/** Translates queries to FTS5. The expressions contain only words from core/search/words, in quotes. */
export class WordMatcher {
  private readonly findExpansions: Statement;

  constructor(database: Database) {
    this.findExpansions = database.prepare(
      'SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY sessions DESC, word LIMIT ?',
    );
  }

  /** Returns undefined if nothing can match, because no word in the index has a prefix that the query asks for. */
  writeOut({ terms, excluded }: ParsedQuery): WrittenQuery | undefined {
    const wanted = terms.map((term) => this.wordsOf(term));
    if (wanted.some((found) => found.length === 0)) return undefined;
    const excludedWords = excluded.flatMap((term) => this.wordsOf(term));
    const without = (expression: string): string =>
      excludedWords.length === 0 ? expression : `${expression} NOT ${oneOf(excludedWords)}`;
    const all = wanted.map(oneOf).join(' AND ');
    return {
      anywhere: all,
      together: without(`(${all})`),
      each: wanted.map((found) => without(oneOf(found))),
      any: without(oneOf(wanted.flat())),
      found: wanted.flat(),
      hasExcluded: excludedWords.length > 0,
    };
  }

  /** Expands a prefix to the words in the index that begin with it. Returns other terms unchanged. */
  private wordsOf({ words, isPrefix }: Term): FoundWords[] {
    const last = words.at(-1);
    if (!isPrefix || last === undefined) return [words];
    const expansions = this.findExpansions.all([last, last + lastCharacter, expansionsLimit]);
    return expansions.map(([word]) => [...words.slice(0, -1), String(word)]);
  }
}

function oneOf(found: readonly FoundWords[]): string {
  return `(${found.map((words) => `"${words.join(' ').replaceAll('"', '""')}"`).join(' OR ')})`;
}
