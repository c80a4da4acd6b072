import type { NoteDraft } from '../../../src-main/contract/note';

/** The state of a note's form. */
export interface NoteForm {
  text: string;
  severity: 'info' | 'warning' | 'error';
  /** As typed, separated by commas. */
  tags: string;
  endMs: number | undefined;
}

const mostTags = 12;
const longestTag = 40;

export function toForm({ text, severity, tags = [], endMs }: NoteDraft): NoteForm {
  return { text, severity: severity ?? 'info', tags: tags.join(', '), endMs };
}

/** Parses tags: trimmed, without duplicates (ignoring case), at most as many as a note may have. */
export function readTags(typed: string): string[] {
  const tags = new Map<string, string>();
  for (const part of typed.split(',')) {
    const tag = part.replace(/\p{C}/gu, '').trim().slice(0, longestTag);
    if (tag && !tags.has(tag.toLocaleLowerCase())) tags.set(tag.toLocaleLowerCase(), tag);
  }
  return [...tags.values()].slice(0, mostTags);
}

/** Returns the changed note, or undefined while there is nothing to save. */
export function fromForm(before: NoteDraft, { text, severity, tags, endMs }: NoteForm): NoteDraft | undefined {
  const { atMs, isBookmark } = before;
  const written = text.trim();
  if (!written && !isBookmark) return undefined;
  const kept = readTags(tags);
  return {
    atMs,
    text: written,
    ...(isBookmark && { isBookmark }),
    ...(severity !== 'info' && { severity }),
    ...(kept.length > 0 && { tags: kept }),
    ...(endMs !== undefined && endMs > atMs && { endMs }),
  };
}
