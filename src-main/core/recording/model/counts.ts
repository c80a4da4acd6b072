/** Counters of a model. */
export interface Counts {
  /** Events or parts of events that did not fit the page. */
  ignored: number;
  /** Changes of the page: nodes, texts, attributes, rules. */
  changes: number;
}
