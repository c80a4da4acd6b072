/** Builders for the source text of large regular expressions. */

/** Returns a group that matches any of these: `(?:a|b)`. */
export function anyOf(...alternatives: readonly string[]): string {
  return `(?:${alternatives.join('|')})`;
}

/** Returns alternatives written as a list with `|` between them, on any number of lines; a line break is not part of any. */
export function list(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, '');
}
