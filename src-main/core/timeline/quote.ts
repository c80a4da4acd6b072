/**
 * Places that quote the recording are marked with two private characters while a sentence is put together, and become offsets at its
 * end. Names and messages come through `toPlainLine`, which lets neither character pass, so no page can forge a place.
 */
const open = '\ue000';
const close = '\ue001';
const marks = /[\ue000\ue001]/g;

/** Words of the recording, to be put into a sentence; nothing stays nothing. */
export function quote(text: string): string {
  return text && open + text + close;
}

/** A sentence without its marks, and the places where they were: [start, end) in UTF-16 units. */
export function readQuotes(marked: string): { text: string; places: [number, number][] } {
  if (!marked.includes(open)) return { text: marked, places: [] };
  const places: [number, number][] = [];
  let start = 0;
  let removed = 0;
  for (const { 0: mark, index } of marked.matchAll(marks)) {
    if (mark === open) start = index - removed;
    else places.push([start, index - removed]);
    removed++;
  }
  return { text: marked.replace(marks, ''), places };
}
