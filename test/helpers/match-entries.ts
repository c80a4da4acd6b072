import type { TimelineEntry, TimelineKind } from '../../src-main/contract/timeline';

/** Kinds of which entries are left out in private fields and areas. All others are complete in every export. */
const partly: ReadonlySet<TimelineKind> = new Set(['click', 'input', 'selection', 'scroll', 'idle', 'copy']);
/** The times of private entries are rounded down by less than this, ms. */
const stepMs = 1000;

/** Returns true if a policy may leave out entries of this kind because they are about private fields and areas. */
export const isPartlyLeftOut = (kind: TimelineKind): boolean => partly.has(kind);

/** Finds one recorded entry for each exported one. Returns the exported entries without one, and the recorded ones that are left. */
export function matchEntries(
  recorded: readonly TimelineEntry[],
  exported: readonly TimelineEntry[],
): { invented: TimelineEntry[]; left: TimelineEntry[] } {
  const left = new Set(recorded);
  const invented = exported.filter((entry) => {
    const fits = (other: TimelineEntry, isCoarse: boolean): boolean =>
      other.kind === entry.kind &&
      other.severity === entry.severity &&
      other.verb === entry.verb &&
      other.durationMs === entry.durationMs &&
      (isCoarse ? other.atMs >= entry.atMs && other.atMs - entry.atMs < stepMs : other.atMs === entry.atMs);
    const found = [...left].find((other) => fits(other, false)) ?? [...left].find((other) => fits(other, true));
    if (found) left.delete(found);
    return !found;
  });
  return { invented, left: [...left] };
}
