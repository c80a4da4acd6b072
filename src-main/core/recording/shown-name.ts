/** Returns the last part of a path for display: shortened, without control characters and marks that change the text's direction. */
export function shownName(path: string): string {
  const name = path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return name.replace(/\p{C}/gu, '').slice(0, 100);
}
