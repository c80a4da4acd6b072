/** A unique value that is planted in one channel of a recording, in one encoding. It can be recognised wherever it occurs again. */
export interface Canary {
  channel: string;
  encoding: string;
  type: string;
  /** The plain value. */
  value: string;
  /** The value as it is written in the recording. */
  written: string;
  /** Texts that occur only if this value leaks: lower case, at least six characters each. */
  needles: readonly string[];
}

export function nameOf({ channel, encoding, type }: Canary): string {
  return `${channel}, ${encoding}, ${type}`;
}
