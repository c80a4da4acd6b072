/** The last part of a path, as it may be shown: without control characters and marks that turn text around, and not too long. */
export function shownName(path: string): string {
  const name = path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return name.replace(/\p{C}/gu, '').slice(0, 100);
}
