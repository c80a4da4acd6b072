/** HTML that is safe to put into a page. Only this file makes it. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = string | number | Html | readonly Html[];

/**
 * Builds HTML; every string that is put in becomes text, in content and in quoted attributes alike. It isn't called `html`:
 * code formatters rearrange the whitespace in templates of that name, and the hash of the page's style would not fit any more.
 */
export function markup(source: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(source.reduce((text, piece, index) => text + writePart(parts[index - 1] ?? '') + piece));
}

function writePart(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(({ source }) => source).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
