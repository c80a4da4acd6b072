/** From and to, in characters of a text. */
export type Place = readonly [from: number, to: number];

/** Places in order, those that touch or overlap made one. */
export function joinFound(places: readonly Place[]): Place[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...places].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** A text cut at places that are in order. */
export function partsOf(text: string, places: readonly Place[]): { text: string; isFound: boolean }[] {
  const parts: { text: string; isFound: boolean }[] = [];
  let at = 0;
  const add = (to: number, isFound: boolean): void => {
    if (to > at) parts.push({ text: text.slice(at, to), isFound });
    at = Math.max(at, to);
  };
  for (const [from, to] of places) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return parts;
}
