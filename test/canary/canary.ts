/** A value that was planted in one place of a recording, in one encoding, and by which it can be told wherever it comes up again. */
export interface Canary {
  channel: string;
  encoding: string;
  type: string;
  /** As a person would write it. */
  value: string;
  /** As it stands in the recording. */
  written: string;
  /** In lower case, at least six characters each: what a leak of this value, and of no other, is known by. */
  needles: readonly string[];
}

export function nameOf({ channel, encoding, type }: Canary): string {
  return `${channel}, ${encoding}, ${type}`;
}
