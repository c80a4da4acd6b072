/** The next power of two: the exact size of a body can tell what was in it. */
export function sizeClass(bytes: number): number {
  return bytes <= 0 ? 0 : 2 ** Math.min(50, Math.ceil(Math.log2(bytes)));
}
