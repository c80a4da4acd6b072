/** A rule for one type of identity number. */
export interface IdRule {
  /** The country's ISO 3166 code and the name of the number. */
  readonly name: string;
  /** A regular expression without anchors, for upper-case text. */
  readonly form: string;
  /** Checks the number without separators. Absent if the number has no check digit. */
  readonly check?: (plain: string) => boolean;
  /** Words of which one must precede the number. Absent if form and check digit are enough. */
  readonly words?: string;
}
