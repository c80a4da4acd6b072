/** What is counted of a redaction, by the channel that it sat in. */
export type Channel =
  | 'text'
  | 'input'
  | 'attribute'
  | 'url'
  | 'image'
  | 'style'
  | 'console'
  | 'network'
  | 'custom'
  | 'annotation'
  | 'canvas'
  | 'selection'
  | 'font'
  | 'asset'
  | 'node'
  | 'field'
  | 'repeat'
  | 'event';

/** Counts only: no value enters it. */
export class Tally {
  readonly masked: Partial<Record<Channel, number>> = {};
  readonly dropped: Partial<Record<Channel, number>> = {};

  mask(channel: Channel, count = 1): void {
    if (count > 0) this.masked[channel] = (this.masked[channel] ?? 0) + count;
  }

  drop(channel: Channel, count = 1): void {
    if (count > 0) this.dropped[channel] = (this.dropped[channel] ?? 0) + count;
  }
}
