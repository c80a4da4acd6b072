/** HTML that is safe in a page. Only `markup` creates it, except for the style sheet. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = string | number | Html | readonly Html[];

/**
 * Builds HTML. Strings are escaped for content and for quoted attributes. It isn't called `html`, since code formatters change the
 * whitespace in templates of that name, and the style's hash would no longer match.
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
