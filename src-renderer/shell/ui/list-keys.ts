/**
 * The row to which a key pressed on a row of a list moves the focus; undefined for other keys and places. Below 0 or from `count` on
 * there is no such row.
 */
export function rowForKey({ key, target }: KeyboardEvent, focused: number, count: number): number | undefined {
  if (!(target instanceof HTMLButtonElement) || !target.matches('[data-row]')) return undefined;
  const rows: Record<string, number> = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: count - 1 };
  return rows[key];
}
