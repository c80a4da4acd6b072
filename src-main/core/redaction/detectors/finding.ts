import type { FindingKind } from '../../../contract/finding-kinds';

/** A personal or secret value in a text. Offsets are UTF-16 units, `end` is the first one after it. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly kind: FindingKind;
}

/**
 * Finds values of one kind in normalised text. Returns the findings in order. They don't overlap each other, but may overlap those of other
 * detectors. Takes linear time.
 */
export type Detector = (text: string) => Finding[];

export interface DetectorOptions {
  /** The kinds to find. All except `date` if absent. */
  kinds?: Iterable<FindingKind>;
  /** ISO 3166 codes of the countries whose phone numbers are found without a prefix, the likeliest first. */
  countries?: readonly string[];
  /** Regular expressions in the syntax of RE2. */
  ownPatterns?: readonly string[];
  /** Known names of persons. */
  seeds?: readonly string[];
}
