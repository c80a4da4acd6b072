/**
 * Returns the index of the row that a key moves the focus to, or undefined for other keys and targets. The index may be out of
 * range: -1 or `count`.
 */
export function rowForKey({ key, target }: KeyboardEvent, focused: number, count: number): number | undefined {
  if (!(target instanceof HTMLButtonElement) || !target.matches('[data-row]')) return undefined;
  const rows: Record<string, number> = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: count - 1 };
  return rows[key];
}
