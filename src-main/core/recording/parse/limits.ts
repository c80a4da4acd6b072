/** How much a file may unfold to before it is refused. */
export interface ParseLimits {
  /** All bytes that decompression may yield for one file. */
  inflatedBytes: number;
  /** Bytes that one compressed event or field may yield. */
  fieldBytes: number;
  events: number;
  /** Levels of arrays and objects in one JSON value. */
  depth: number;
  /** Entries of an archive. */
  members: number;
}

/** Far above any real recording, and below where JSON.stringify and the structured clone give up on nesting. */
export const defaultLimits: ParseLimits = {
  inflatedBytes: 512_000_000,
  fieldBytes: 48_000_000,
  events: 2_000_000,
  depth: 2000,
  members: 10_000,
};
