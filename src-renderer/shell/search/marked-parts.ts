export interface TextPart {
  text: string;
  isMarked: boolean;
}

/** A text in parts, those at the marks told apart. Marks are [start, end) in order; what doesn't fit the text is left out. */
export function markedParts(text: string, marks: readonly (readonly [start: number, end: number])[]): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const [start, end] of marks) {
    if (start < done || end <= start || end > text.length) continue;
    if (start > done) parts.push({ text: text.slice(done, start), isMarked: false });
    parts.push({ text: text.slice(start, end), isMarked: true });
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), isMarked: false });
  return parts;
}
