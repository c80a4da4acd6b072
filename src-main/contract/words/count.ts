/** Numbers as the interface writes them. */
export const number = new Intl.NumberFormat('en-GB');

/** `1 event`, `1,393 events`. */
export function plural(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
