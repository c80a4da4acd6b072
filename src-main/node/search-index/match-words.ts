import type { ParsedQuery, Term } from '../../core/search/parse-query';
import type { FoundWords } from '../../core/search/snippet';
import type { Database, Statement } from './database';

/** A beginning stands for this many words at most, those of the most sessions. */
const mostEndings = 32;
const afterAllOthers = '\u{10FFFF}';

/** A query as expressions of FTS5. */
export interface WrittenQuery {
  /** For whole sessions: each of the terms somewhere. */
  anywhere: string;
  /** For places: all terms and nothing excluded, … */
  together: string;
  /** … each term by itself, … */
  each: string[];
  /** … or any of them. */
  any: string;
  /** What the terms stand for, to mark it. */
  found: FoundWords[];
  hasExcluded: boolean;
}

/** Turns what was asked for into what SQLite's full-text search takes. Only words that core/search/words cut get there, in quotes. */
export class WordMatcher {
  private readonly findEndings: Statement;

  constructor(database: Database) {
    this.findEndings = database.prepare(
      'SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY sessions DESC, word LIMIT ?',
    );
  }

  /** Undefined where nothing can match, since the index has no word that begins so. */
  writeOut({ terms, excluded }: ParsedQuery): WrittenQuery | undefined {
    const wanted = terms.map((term) => this.wordsOf(term));
    if (wanted.some((found) => found.length === 0)) return undefined;
    const banned = excluded.flatMap((term) => this.wordsOf(term));
    const without = (expression: string): string =>
      banned.length === 0 ? expression : `${expression} NOT ${oneOf(banned)}`;
    const all = wanted.map(oneOf).join(' AND ');
    return {
      anywhere: all,
      together: without(`(${all})`),
      each: wanted.map((found) => without(oneOf(found))),
      any: without(oneOf(wanted.flat())),
      found: wanted.flat(),
      hasExcluded: banned.length > 0,
    };
  }

  /** A beginning as the words of the index that begin so; other terms as they are. */
  private wordsOf({ words, isPrefix }: Term): FoundWords[] {
    const last = words.at(-1);
    if (!isPrefix || last === undefined) return [words];
    const endings = this.findEndings.all([last, last + afterAllOthers, mostEndings]);
    return endings.map(([word]) => [...words.slice(0, -1), String(word)]);
  }
}

function oneOf(found: readonly FoundWords[]): string {
  return `(${found.map((words) => `"${words.join(' ').replaceAll('"', '""')}"`).join(' OR ')})`;
}
