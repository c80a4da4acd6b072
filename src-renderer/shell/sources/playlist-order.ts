/** Returns the next item that is still present. Undefined past the end, or if `from` is not in the list. */
export function neighbourIn<T>(
  list: readonly T[],
  from: T,
  step: 1 | -1,
  isPresent: (each: T) => boolean,
): T | undefined {
  const index = list.indexOf(from);
  if (index === -1) return undefined;
  const ahead = step === 1 ? list.slice(index + 1) : list.slice(0, index).reverse();
  return ahead.find(isPresent);
}
