/**
 * Side channels: ways in which visible data reveals hidden data. A rule of the same name closes each of them under every policy. Tests leave
 * out single rules to show that each is needed.
 */
export const sideChannelRules = [
  /** All typing into a field during one visit becomes one event with one mask, when the user leaves the field. */
  'typing',
  /** A field's value that the page copies into an attribute or a text counts as the field itself. */
  'mirrored-values',
  /** The content of a rich-text editor becomes one mask, whatever nodes it consists of. */
  'editors',
  /** Calls, messages and events that a page makes for each key. */
  'echoes',
  /** Counts in the report that grow with each key. */
  'counts',
  /** Changes next to a field during a visit (strength, brand, counters, bullets) are dropped. */
  'surroundings',
  /** Suggestions for the text that is being typed. */
  'proposals',
  /** Clicks on private elements are reported once per visit, at the last pointer position outside of them. */
  'clicks',
  /** Pointer positions over private elements. */
  'moves',
  /** Scrolling of fields and private elements. */
  'scrolling',
  /** Times of events in private elements. */
  'times',
  /** Keypads: ten or more keys with one character each, or with a digit and letters. */
  'keypads',
  /** Pointer positions over canvases, dot grids and drawings that grow under the pointer. */
  'surfaces',
  /** Calendars, wheels, sliders, ratings, toggles, and groups of similar places that fill a field. */
  'pickers',
  /** Which option the user chose. */
  'choices',
  /** Classes that show a password's strength or a card's brand. */
  'state-classes',
  /** Positions of progress bars and meters. */
  'meters',
  /** The number of characters in the page's own mask. */
  'bullets',
] as const;

export type SideChannelRule = (typeof sideChannelRules)[number];
