import { isRecord } from '../../recording/json';

/** The entities that Go's `html.EscapeString` writes (package html, escape.go), and no others. */
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#39;': "'",
  '&#34;': '"',
};

/**
 * Undoes the escaping of every string and key in a value. OpenReplay escapes all strings of its replies for HTML (openreplay/openreplay
 * dbb68105, backend/pkg/analytics/sanitizer/sanitizer.go). Each is decoded once, so that text that contains an entity stays as it was recorded.
 */
export function unescapeHtml(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/&(?:amp|lt|gt|#39|#34);/g, (entity) => entities[entity] ?? entity);
  if (Array.isArray(value)) return value.map(unescapeHtml);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unescapeHtml(key), unescapeHtml(inner)]));
}
