export interface TextPart {
  text: string;
  isMarked: boolean;
}

/** Splits a text at its marks. Marks are [start, end), sorted; marks outside the text are ignored. */
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
