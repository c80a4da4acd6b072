import { readWords, type PlacedWord } from './words';

/** A match of a term: its words, with the last one complete. */
export type FoundWords = readonly string[];

export interface Snippet {
  snippet: string;
  marks: [start: number, end: number][];
}

const longest = 180;
/** Characters of context before the first mark. */
const lead = 40;
const ellipsis = '…';

/** Returns the part of a text around the first match, and the positions of all matches in it. */
export function makeSnippet(text: string, found: readonly FoundWords[]): Snippet {
  const line = text.replace(/\s+/g, ' ').trim();
  const marks = markWords([...readWords(line)], found);
  if (line.length <= longest) return { snippet: line, marks };

  const [first] = marks;
  const wanted = first && first[0] > longest - lead ? first[0] - lead : 0;
  const start = characterStart(line, Math.min(wordStart(line, wanted), line.length - longest));
  const end = characterStart(line, Math.min(line.length, start + longest));
  const before = start > 0 ? ellipsis : '';
  const shift = before.length - start;
  return {
    snippet: `${before}${line.slice(start, end)}${end < line.length ? ellipsis : ''}`,
    marks: marks.filter((mark) => mark[0] >= start && mark[1] <= end).map(([from, to]) => [from + shift, to + shift]),
  };
}

/** Returns the ranges of the found words. Overlapping ranges are joined. */
function markWords(words: readonly PlacedWord[], found: readonly FoundWords[]): [number, number][] {
  const byFirst = new Map<string, FoundWords[]>();
  for (const term of found) {
    const [first] = term;
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), term]);
  }
  const marks: [number, number][] = [];
  for (const [index, { word, start }] of words.entries()) {
    let end = -1;
    for (const term of byFirst.get(word) ?? []) {
      const isHere = term.every((wanted, offset) => words[index + offset]?.word === wanted);
      if (isHere) end = Math.max(end, words[index + term.length - 1]?.end ?? -1);
    }
    if (end < 0) continue;
    const last = marks.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else marks.push([start, end]);
  }
  return marks;
}

/** Returns the start of the word at or after `from` if it is near, else `from`. */
function wordStart(line: string, from: number): number {
  if (from <= 0) return 0;
  const space = line.indexOf(' ', from);
  return space >= 0 && space - from < lead / 2 ? space + 1 : from;
}

/** Returns `at`, or the offset before it if `at` would split a surrogate pair. */
function characterStart(line: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(line.charAt(at)) ? at - 1 : at;
}
