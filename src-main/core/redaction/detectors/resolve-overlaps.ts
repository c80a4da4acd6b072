import { findingKinds, type FindingKind } from '../../../contract/finding-kinds';
import type { Finding } from './finding';

const ranks = new Map<FindingKind, number>(findingKinds.map((kind, rank) => [kind, rank]));

/**
 * Makes findings of several detectors one list in order without overlaps. What lies inside of another finding goes, of two with the same
 * place the kind that comes first in `findingKinds` stays, and of two that overlap in part the later kind keeps what the earlier one leaves.
 * So every unit that any detector found is in a finding.
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
