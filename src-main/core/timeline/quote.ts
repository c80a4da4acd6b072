/**
 * While a sentence is built, words of the recording are enclosed in two private-use characters; in the finished sentence they become
 * offsets. `toPlainLine` removes both characters from all names and messages, so a page cannot forge a quote.
 */
const open = '\ue000';
const close = '\ue001';
const marks = /[\ue000\ue001]/g;

/** Marks words of the recording for use in a sentence. Returns '' for ''. */
export function quote(text: string): string {
  return text && open + text + close;
}

/** Returns a sentence without its marks, and the marked ranges: [start, end) in UTF-16 units. */
export function readQuotes(marked: string): { text: string; ranges: [number, number][] } {
  if (!marked.includes(open)) return { text: marked, ranges: [] };
  const ranges: [number, number][] = [];
  let start = 0;
  let removed = 0;
  for (const { 0: mark, index } of marked.matchAll(marks)) {
    if (mark === open) start = index - removed;
    else ranges.push([start, index - removed]);
    removed++;
  }
  return { text: marked.replace(marks, ''), ranges };
}
