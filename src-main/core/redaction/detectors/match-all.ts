const none: readonly RegExpExecArray[] = [];

/**
 * Returns all matches of a global pattern. `String.matchAll` copies the pattern on each call, which is slower than searching a short text,
 * and most texts are short.
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
