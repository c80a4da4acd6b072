import { findingKinds, type FindingKind } from '../../../contract/finding-kinds';
import type { Finding } from './finding';

const ranks = new Map<FindingKind, number>(findingKinds.map((kind, rank) => [kind, rank]));

/**
 * Merges the findings of several detectors into one ordered list without overlaps. A finding inside another one is dropped. Of two with the
 * same range the kind that comes first in `findingKinds` is kept. Of two that overlap partially the one of the later kind is shortened. So
 * every character that a detector found stays covered.
 */
export function resolveOverlaps(found: readonly Finding[]): Finding[] {
  if (found.length < 2) return [...found];
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end || rankOf(a) - rankOf(b));
  const resolved: Finding[] = [];
  for (const next of sorted) {
    const last = resolved[resolved.length - 1];
    if (!last || next.start >= last.end) resolved.push(next);
    else if (next.end > last.end) {
      if (rankOf(next) < rankOf(last)) {
        resolved[resolved.length - 1] = { ...last, end: next.start };
        resolved.push(next);
      } else resolved.push({ ...next, start: last.end });
    }
  }
  return resolved;
}

function rankOf({ kind }: Finding): number {
  return ranks.get(kind) ?? 0;
}
