/** One text of one window, and when it could be read. */
export interface TextEntry {
  readonly text: string;
  /** The recorder's clock, from and to, in order. */
  readonly spans: [number, number][];
  /** How many nodes show it now, and since when one does. */
  shownBy: number;
  sinceMs: number;
}
