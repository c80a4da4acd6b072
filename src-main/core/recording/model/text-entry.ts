/** A text of one window and the times when it was visible. */
export interface TextEntry {
  readonly text: string;
  /** Start and end by the recorder's clock, in order. */
  readonly spans: [number, number][];
  /** The number of nodes that show it now, and the time since which it is visible. */
  shownBy: number;
  sinceMs: number;
}
