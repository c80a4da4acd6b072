/**
 * Ways in which what is hidden shows in what isn't, each closed by a rule of this name. All hold under every policy; that one can be left
 * out is for the tests, which show that it does something.
 */
export const sideChannelRules = [
  /** Of all that is typed into a field while it is visited one event stays, with one mask, when the field is left. */
  'typing',
  /** A field's value that the page writes into an attribute or a text is the same field. */
  'mirrored-values',
  /** What is written into a page's own editor stays one mask, whatever nodes it is made of. */
  'editors',
  /** What changes right around a field while it is visited (strength, brand, counters, bullets) isn't followed. */
  'surroundings',
  /** Proposals for what is being typed. */
  'proposals',
  /** Clicks into private places stand where the pointer was before, once a visit. */
  'clicks',
  /** Pointer positions over private places. */
  'moves',
  /** Scrolling of fields and private places. */
  'scrolling',
  /** Times of events in private places. */
  'times',
  /** Ten or more keys with one glyph each. */
  'keypads',
  /** Which of several was chosen. */
  'choices',
  /** Classes that say how good or of what brand a value is. */
  'state-classes',
  /** How far a bar or a meter is. */
  'meters',
  /** How many glyphs a page's own mask has. */
  'bullets',
] as const;

export type SideChannelRule = (typeof sideChannelRules)[number];
