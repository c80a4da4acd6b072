const none: readonly RegExpExecArray[] = [];

/**
 * All matches of a global pattern, none of which may be empty. `String.matchAll` copies the pattern each time, which costs more than looking
 * through a short text, and most texts are short.
 */
export function matchAll(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (!match) return none;
  const found: RegExpExecArray[] = [];
  for (; match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex++;
  }
  return found;
}
