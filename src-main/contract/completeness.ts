import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The parts of a recording that its platform announced, and those that arrived. More may arrive than were announced: a live session grows. */
export const Completeness = v.strictObject({
  unit: v.picklist(['blocks', 'segments', 'files', 'events']),
  received: Count,
  expected: Count,
  /** The number of files whose names don't fit the others: they were read as well, but they are not counted. */
  others: v.optional(Count),
  /** The platform announces no number: `expected` contains only those that were found. */
  isLeast: v.optional(v.literal(true)),
});
export type Completeness = v.InferOutput<typeof Completeness>;

/** Returns the counts by which parts are missing. */
export function findMissing(counts: readonly Completeness[]): Completeness[] {
  return counts.filter(({ received, expected }) => received < expected);
}
