/** Returns the next power of two. The exact size of a body could reveal its content. */
export function sizeClass(bytes: number): number {
  return bytes <= 0 ? 0 : 2 ** Math.min(50, Math.ceil(Math.log2(bytes)));
}
