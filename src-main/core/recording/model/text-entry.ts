/** A text of one window, and when it was visible. */
export interface TextEntry {
  readonly text: string;
  /** The recorder's clock, from and to, in order. */
  readonly spans: [number, number][];
  /** The number of nodes that show it now, and since when. */
  shownBy: number;
  sinceMs: number;
}
