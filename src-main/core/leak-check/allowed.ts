/** The content that an export's policy keeps readable, in the form that the gate needs. */
export interface Allowed {
  /** Returns true for a word that stays readable anywhere, in upper or lower case. */
  isKnownWord: (word: string) => boolean;
  /**
   * Returns true for a word that is common in interfaces and file formats. Even if the policy masks all words, the gate does not search
   * for it alone, since it is in the export's own markup. It does search for texts that consist of such words.
   */
  isCommonWord: (word: string) => boolean;
  /** Returns true for a complete text of a page that stays because many users saw it. */
  isShared: (text: string) => boolean;
  /** Returns true for a host, or a segment of a route, that the policy keeps by name. */
  isKeptInAddress: (part: string) => boolean;
  /** True if texts of pages and of the console stay unless something private was found in them. */
  staysText: boolean;
}
