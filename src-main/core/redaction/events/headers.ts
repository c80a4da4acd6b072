import type { KeptHeader } from '../../../contract/policy';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { sizeClass } from './size-class';

/** Words that stay in the values of kept headers; other words are masked. */
const headerWords: ReadonlySet<string> = new Set(
  `application audio bearer boundary br bytes charset chunked close css csv deflate event form-data font gzip html identity image
  immutable javascript jpeg json keep-alive max-age mixed multipart must-revalidate no-cache no-store no-transform octet-stream pdf plain
  png private problem proxy-revalidate public q s-maxage stale-if-error stale-while-revalidate stream svg text ttf utf-8 video webp
  www-form-urlencoded woff woff2 x x-www-form-urlencoded xml zip zstd accept accept-encoding accept-language cookie en origin`.split(
    /\s+/,
  ),
);

/** Returns the headers that the policy keeps, with lower-case names. Undefined if none is left. */
export function redactHeaders(headers: unknown, context: RedactionContext): JsonRecord | undefined {
  const given: [string, unknown][] = isRecord(headers)
    ? Object.entries(headers)
    : listOf(headers).flatMap((entry): [string, unknown][] =>
        isRecord(entry) && typeof entry.name === 'string' ? [[entry.name, entry.value]] : [],
      );
  const kept = new Map<string, string>();
  for (const [name, value] of given) {
    const known = context.policy.network.headers.find((header) => header === name.toLowerCase());
    if (known && (typeof value === 'string' || typeof value === 'number'))
      kept.set(known, writeValue(known, String(value)));
    else context.counts.drop('network');
  }
  return kept.size === 0 ? undefined : Object.fromEntries(kept);
}

function writeValue(header: KeptHeader, value: string): string {
  if (header === 'content-length') return /^\d{1,12}$/.test(value) ? String(sizeClass(Number(value))) : '•••';
  return value
    .toLowerCase()
    .slice(0, 200)
    .split(/([\s;,=/+"*]+)/)
    .map((part, index) => (index % 2 === 1 || isPlain(part, header) ? part : '•••'))
    .join('');
}

/** Only these contain numbers of seconds. Elsewhere a number may be a code or a part of a longer one. */
const durationHeaders: ReadonlySet<KeptHeader> = new Set(['cache-control', 'retry-after']);

function isPlain(part: string, header: KeptHeader): boolean {
  if (part === '' || headerWords.has(part) || /^0\.\d{1,3}$/.test(part)) return true;
  return durationHeaders.has(header) && /^\d{1,8}$/.test(part);
}
