/** [from, to) in characters of a text. */
export type TextRange = readonly [from: number, to: number];

/** Sorts ranges and merges those that touch or overlap. */
export function joinFound(ranges: readonly TextRange[]): TextRange[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Splits a text at sorted ranges. */
export function partsOf(text: string, ranges: readonly TextRange[]): { text: string; isFound: boolean }[] {
  const parts: { text: string; isFound: boolean }[] = [];
  let at = 0;
  const add = (to: number, isFound: boolean): void => {
    if (to > at) parts.push({ text: text.slice(at, to), isFound });
    at = Math.max(at, to);
  };
  for (const [from, to] of ranges) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return parts;
}
