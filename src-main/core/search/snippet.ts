import { readWords, type PlacedWord } from './words';

/** One way in which a term was found: its words, the last one written out. */
export type FoundWords = readonly string[];

export interface Snippet {
  snippet: string;
  marks: [start: number, end: number][];
}

const longest = 180;
/** What stands before the first mark, so that it is read in its place. */
const lead = 40;
const ellipsis = '…';

/** The part of a text around the first place where something was found, and all such places in it. */
export function makeSnippet(text: string, found: readonly FoundWords[]): Snippet {
  const line = text.replace(/\s+/g, ' ').trim();
  const marks = markWords([...readWords(line)], found);
  if (line.length <= longest) return { snippet: line, marks };

  const [first] = marks;
  const wanted = first && first[0] > longest - lead ? first[0] - lead : 0;
  const start = wholeAt(line, Math.min(wordStart(line, wanted), line.length - longest));
  const end = wholeAt(line, Math.min(line.length, start + longest));
  const before = start > 0 ? ellipsis : '';
  const shift = before.length - start;
  return {
    snippet: `${before}${line.slice(start, end)}${end < line.length ? ellipsis : ''}`,
    marks: marks.filter((mark) => mark[0] >= start && mark[1] <= end).map(([from, to]) => [from + shift, to + shift]),
  };
}

/** Where the found words stand, those that touch or follow each other as one phrase joined. */
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

/** The beginning of the word at or after the place, if one is near. */
function wordStart(line: string, from: number): number {
  if (from <= 0) return 0;
  const space = line.indexOf(' ', from);
  return space >= 0 && space - from < lead / 2 ? space + 1 : from;
}

/** The place, or the one before it where it would cut a character in two. */
function wholeAt(line: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(line.charAt(at)) ? at - 1 : at;
}
