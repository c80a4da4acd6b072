import type { FindingKind } from '../../../contract/finding-kinds';

/** A personal or secret value in a text. Offsets are UTF-16 units, `end` is the first one after it. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly kind: FindingKind;
}

/**
 * Finds values of one sort in a text that was normalised. Its findings may overlap those of others, never each other, and come in order.
 * The time it takes grows with the length of the text and nothing else.
 */
export type Detector = (text: string) => Finding[];

export interface DetectorOptions {
  /** The kinds that are looked for; all but `date` where it is absent. */
  kinds?: Iterable<FindingKind>;
  /** ISO 3166 codes of countries whose numbers are written without a prefix, the likeliest first. */
  countries?: readonly string[];
  /** Regular expressions in the syntax of RE2. */
  ownPatterns?: readonly string[];
  /** Names of persons that are known already. */
  seeds?: readonly string[];
}
