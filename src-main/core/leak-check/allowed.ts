/** What the policy of an export lets stand, as the gate reads it. */
export interface Allowed {
  /** A word, in any case, that stays wherever it stands. */
  isKnownWord: (word: string) => boolean;
  /**
   * A word that interfaces and file formats are full of. Where no word may stay, it is not looked for by itself, since it stands in the
   * export's own markup; texts that are made of such words are.
   */
  isCommonWord: (word: string) => boolean;
  /** Does this whole text of a page stay since many people saw it? */
  isShared: (text: string) => boolean;
  /** Do texts of pages and of the console stay where nothing private was found in them? */
  staysText: boolean;
}
