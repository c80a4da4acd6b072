/** How the identity numbers of one country are told. */
export interface IdRule {
  /** ISO 3166, and what the number is called. */
  readonly name: string;
  /** Its form, without anchors, in upper case. */
  readonly form: string;
  /** Of the characters without separators. Absent where a number has no check digit. */
  readonly check?: (plain: string) => boolean;
  /** Words of which one must stand before; absent where the form and the check say enough. */
  readonly words?: string;
}
