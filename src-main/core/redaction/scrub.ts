import { isRecord, type JsonRecord } from '../recording/json';
import { literalForms, LiteralSearch, type Entities } from './entities';
import { maskOfLength } from './placeholders';
import type { RedactionCounts } from './redaction-counts';

/** Masks the values that the leak gate found in texts that are written by other rules than that for texts: routes, styles, names. */
export interface Scrub {
  text: (text: string) => string;
  event: (data: JsonRecord) => JsonRecord;
}

/** The structure of a recording. A player can't read it with a mask in it. */
const structural: ReadonlySet<string> = new Set(['tagName', 'plugin', 'tag', 'type', 'source', 'property']);
/** Short numbers are coordinates and lengths here, which the gate knows. */
const geometric: ReadonlySet<string> = new Set(['d', 'points', 'viewBox', 'transform', 'style', '_cssText', 'rule']);

const unchanged: Scrub = { text: (text) => text, event: (data) => data };

/** Returns functions that change nothing unless the entities contain values that the gate found. */
export function createScrub({ values, isFull }: Entities, counts: RedactionCounts): Scrub {
  const forced = values.filter(({ repair }) => repair !== undefined);
  if (forced.length === 0) return unchanged;
  const search = new LiteralSearch(literalForms({ values: forced, isFull }));

  function scrub(text: string, key = ''): string {
    let result = '';
    let at = 0;
    for (const { start, end, repair } of search.find(text)) {
      if (!repair || (geometric.has(key) && !/\p{L}|\d{7}/u.test(repair.value))) continue;
      counts.repair(repair);
      result += text.slice(at, start) + maskOfLength(end - start);
      at = end;
    }
    return at === 0 ? text : result + text.slice(at);
  }

  function scrubValue(value: unknown, key: string): unknown {
    if (typeof value === 'string') return structural.has(key) ? value : scrub(value, key);
    if (Array.isArray(value)) return value.map((each: unknown) => scrubValue(each, key));
    return isRecord(value) ? scrubRecord(value) : value;
  }

  function scrubRecord(record: JsonRecord): JsonRecord {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, scrubValue(value, key)]));
  }

  return { text: (text) => scrub(text), event: scrubRecord };
}
