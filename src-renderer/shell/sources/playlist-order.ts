/** The next of a list in that direction that is there still; undefined at its end, and for one that isn't of the list. */
export function neighbourIn<T>(
  list: readonly T[],
  from: T,
  step: 1 | -1,
  isThere: (each: T) => boolean,
): T | undefined {
  const index = list.indexOf(from);
  if (index === -1) return undefined;
  const ahead = step === 1 ? list.slice(index + 1) : list.slice(0, index).reverse();
  return ahead.find(isThere);
}
